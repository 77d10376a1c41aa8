"""Where the packaged command-line program starts."""

import multiprocessing

if __name__ == "__main__":
    # Reading processes are this program again: they must turn off here, before anything else is loaded.
    multiprocessing.freeze_support()
    from toolkit.cli import main

    main()
