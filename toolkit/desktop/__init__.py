"""The desktop program: the five verbs behind one window, for a clerk who never opens a command line.

``plan_sheet``, ``roster_sheet``, ``returned`` and ``journey`` know the working folder and no window; ``workspace``
holds what is open and tells when it changes; ``pages`` show it, one module a step.
"""
