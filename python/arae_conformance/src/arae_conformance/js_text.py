"""Texts as JavaScript treats them."""

# What JavaScript's `trim` and `\s` take for white space; Python's differ in a few characters.
WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def trim(text: str) -> str:
    return text.strip(WHITE_SPACE)


def code_units(text: str) -> str:
    """The text in UTF-16 code units, one character each, as JavaScript's regular expressions count them."""
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(units[at] | units[at + 1] << 8) for at in range(0, len(units), 2))
