"""`python -m jcm_xl` is the command `jcm-xl`."""

from jcm_xl.cli import main

if __name__ == "__main__":
    main(prog_name="jcm-xl")
