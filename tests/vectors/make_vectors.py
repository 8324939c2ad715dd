#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes every vector file anew: make_vectors.py [FOLDER]. Without a folder, in place of those beside this file."""
import os
import shutil
import sys

sys.dont_write_bytecode = True  # no __pycache__ among the vectors

import make_batch
import make_envelope
import make_outbox
import make_pack
import make_part
import make_receipt


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    for name, module in (("batch", make_batch), ("envelope", make_envelope), ("outbox", make_outbox), ("pack", make_pack), ("part", make_part),
                         ("receipt", make_receipt)):
        shutil.rmtree(os.path.join(root, name), ignore_errors=True)
        module.make(root)


if __name__ == "__main__":
    main()
