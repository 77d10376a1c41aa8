"""What stands around the five verbs: the working folder, forms of the office's own, levels, questions, the proof.

Each module is one command, as short as a verb: ``housekeeping.log.log`` is ``fengong log``.
"""
