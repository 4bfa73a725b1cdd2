"""`python -m titian`: the command line."""

from titian.cli import main

if __name__ == "__main__":
    main()
