"""Decodes and encodes frames with canmatrix, line by line, beside our codec.

D <id> <hex>        -> =<json object of physical values>
E <id> <json raw>   -> =<hex>
"""
import json
import sys

import canmatrix
import canmatrix.formats

matrix = canmatrix.formats.loadp_flat(sys.argv[1])
for line in sys.stdin:
    what, number, rest = line.rstrip("\n").split(" ", 2)
    frame = matrix.frame_by_id(canmatrix.ArbitrationId(int(number), extended=True))
    if what == "D":
        decoded = frame.decode(bytes.fromhex(rest))
        print("=" + json.dumps({name: str(signal.phys_value) for name, signal in decoded.items()}))
    else:
        print("=" + bytes(frame.encode(json.loads(rest))).hex().upper())
