"""A round too large for memory: read onto disk, collected and judged some units at a time, the same in every figure.

Files that name the same units make up a *share* of the round.  Each share runs the collector and the rules that a
small round runs; what looks across units is found between, from what the shares left for it.  All of it is done by
worker processes; the parent keeps figures and the places of what lies on disk.
"""
