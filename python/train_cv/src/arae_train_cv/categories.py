"""Categories of each network, in the order of its classes (ids of ARAE's table)."""

SPACES = (1, 2, 3, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23)
STRUCTURES = (9, 10, 11)
OBJECTS = (4, 5, 6, 7, 8)
