"""A simulator of what clerks do to forms before they send them back, and the accounts that are kept of it.

It knows the contract (DESIGN.md) and nothing of how merge works.  A :class:`~clerk.parcel.Parcel` is one
unit's filled form and its truth; damages (:mod:`clerk.damages`) change it; :mod:`clerk.compare` holds what
``merge --json`` says against the truth.
"""
