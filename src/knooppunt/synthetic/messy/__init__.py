"""Address lines and tips as people write them, with the object each is about.

Written from what people do wrong, not from what the linker can read: nothing here knows `knooppunt.linkage`.
"""

from knooppunt.synthetic.messy.draft import Address, Draft
from knooppunt.synthetic.messy.kinds import HELD_OUT, Kind
from knooppunt.synthetic.messy.lines import Written, write_lines
from knooppunt.synthetic.messy.tips import write_tips

__all__ = ["HELD_OUT", "Address", "Draft", "Kind", "Written", "write_lines", "write_tips"]
