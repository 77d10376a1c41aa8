"""Where the packaged desktop program starts."""

import multiprocessing

if __name__ == "__main__":
    # Reading processes are this program again: they must turn off here, before any window is thought of.
    multiprocessing.freeze_support()
    from toolkit.desktop.app import main

    main()
