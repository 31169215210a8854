"""Make the list of digests out of a list of passwords, a line for each."""

import sys
from pathlib import Path

from manyhands.site.breached import BYTES, LIST, digests_of

if len(sys.argv) != 2:
    sys.exit("Say which list: python -m manyhands.site.breached 10-million-password-list-top-1000000.txt")
digests = digests_of(Path(sys.argv[1]).read_text(errors="replace").splitlines())
LIST.write_bytes(digests)
print(f"{len(digests) // BYTES:,} digests in {LIST}")
