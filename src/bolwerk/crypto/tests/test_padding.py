"""Padding: whatever is filled up comes back, and lengths go by blocks."""

from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import sodium_pad

from bolwerk.crypto.padding import BLOCK_BYTES, padded, unpadded


@given(
    plain=st.binary(max_size=3 * BLOCK_BYTES) | st.sampled_from([b"", b"\x80", b"\0" * 127, b"\x80\0\0", b"x" * 128])
)
def test_what_was_filled_up_comes_back_as_libsodium_would_have_it(plain: bytes) -> None:
    assert padded(plain) == bytes(sodium_pad(plain, BLOCK_BYTES))
    assert unpadded(padded(plain)) == plain
