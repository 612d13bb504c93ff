"""Arrow arrays straight from numpy memory.

`pyarrow.array` would import pandas first, which takes longer than reading a town.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Flags = npt.NDArray[np.bool_]


def bits(flags: Flags) -> pa.Buffer:
    """Return flags packed as Arrow packs them."""
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def from_numpy(values: npt.NDArray[Any], data_type: pa.DataType, present: Flags | None = None) -> pa.Array:
    """Return numbers whose memory layout is that of `data_type`; null where `present` is false."""
    validity = None if present is None else bits(present)
    contents = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(data_type, len(values), [validity, contents])


def flags(values: Flags) -> pa.BooleanArray:
    """Return an array of true and false."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, bits(values)])


def strings(words: tuple[str, ...] | list[str]) -> pa.StringArray:
    """Return an array of texts."""
    encoded = [word.encode() for word in words]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.int32)
    return pa.Array.from_buffers(
        pa.string(), len(words), [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    )


def words(numbers: npt.NDArray[np.int32], dictionary: tuple[str, ...]) -> pa.DictionaryArray:
    """Return the words whose places in `dictionary` are given."""
    return pa.DictionaryArray.from_arrays(from_numpy(numbers, pa.int32()), strings(dictionary))


def constant(word: str, count: int) -> pa.DictionaryArray:
    """Return `count` times the same word."""
    return words(np.zeros(count, np.int32), (word,))


def to_numpy(array: pa.Array | pa.ChunkedArray, fill: int | None = None) -> npt.NDArray[Any]:
    """Return the values of an array: numbers, dates and moments as numbers, or flags.

    There may be nulls only where `fill` says what stands for them.
    """
    if isinstance(array, pa.ChunkedArray):
        chunks = [to_numpy(chunk, fill) for chunk in array.chunks]
        return np.concatenate(chunks) if chunks else np.zeros(0, _layout(array.type))
    validity, contents = array.buffers()
    if contents is None:
        return np.full(len(array), fill or 0, _layout(array.type))
    if pa.types.is_boolean(array.type):
        return _unpack(contents, array)
    values = np.frombuffer(contents, _layout(array.type))[array.offset : array.offset + len(array)]
    if fill is None or validity is None or not array.null_count:
        return values
    return np.where(_unpack(validity, array), values, fill)


def _unpack(buffer: pa.Buffer, array: pa.Array) -> Flags:
    packed = np.frombuffer(buffer, np.uint8)
    return np.unpackbits(packed, bitorder="little")[array.offset : array.offset + len(array)].astype(bool)


def is_word(column: pa.ChunkedArray, word: str) -> Flags:
    """Say where a column of words holds `word`."""
    result = [np.zeros(0, bool)]
    for chunk in column.chunks:
        known = chunk.dictionary.to_pylist()
        own = known.index(word) if word in known else -1
        result.append(to_numpy(chunk.indices, fill=-2) == own)
    return np.concatenate(result)


def _layout(data_type: pa.DataType) -> npt.DTypeLike:
    if pa.types.is_boolean(data_type):
        return np.bool_
    if pa.types.is_floating(data_type):
        return np.float64
    return np.dtype(f"i{data_type.bit_width // 8}")
