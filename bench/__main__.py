"""`python -m bench`: see bench/reading/run.py."""

from bench.reading.run import main

if __name__ == "__main__":  # processes that help begin by importing this
    main()
