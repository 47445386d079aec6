"""A stroke alphabet of our own: digits, letters, symbols and doodles as a pen writes them.

All but the digits are what a digit is not, and the symbols and doodles no letter either. Each line below is
one glyph: its name, then its strokes, separated by "/". A stroke is a list of points "x,y" (0..9 across and
down); a stroke that begins with "~" is a smooth curve through its points, the others are straight lines.
"""

import numpy as np
from scipy.interpolate import CubicSpline

GRID = 9  # the largest coordinate
CURVE_POINTS = 40

# The first character of a name is the digit. They need no data set: what a model must not forget can be drawn
# anywhere.
DIGIT_GLYPHS = """
0 ~4,0 1,3 1,6 4,9 7,6 7,3 4,0
0-open ~5,0 1,2 1,7 4,9 7,7 8,2 5,0 3,1
0-slashed ~4,0 1,3 1,6 4,9 7,6 7,3 4,0 / 7,1 1,8
1 4,0 4,9
1-flagged 2,2 4,0 4,9
1-with-a-foot 2,2 4,0 4,9 / 2,9 6,9
2 ~1,2 3,0 6,1 6,3 4,6 1,9 / 1,9 7,9
2-curled ~1,2 4,0 7,2 5,6 2,9 1,8 3,7 5,9 8,8
2-round ~1,2 4,0 6,2 4,6 1,9 3,8 7,9
3 ~1,1 4,0 6,2 3,4 / ~3,4 7,6 4,9 1,8
3-flat 1,0 7,0 4,4 / ~4,4 7,6 4,9 1,8
3-round ~1,1 4,0 7,2 5,4 3,4 6,5 7,7 4,9 1,8
4-open 2,0 1,5 7,5 / 6,1 6,9
4 5,9 5,0 1,6 8,6
4-closed 5,0 1,6 8,6 / 6,3 6,9
4-bent ~2,0 1,4 4,5 7,4 / 7,0 6,9
5 7,0 2,0 2,4 / ~2,4 5,3 7,6 5,9 1,8
5-hat-last 2,0 2,4 / ~2,4 5,3 7,6 5,9 1,8 / 2,0 7,0
5-round ~7,0 3,0 2,4 5,3 7,6 5,9 1,8
6 ~6,0 2,4 1,7 4,9 7,7 5,5 1,6
6-upright ~4,0 2,3 1,7 3,9 6,8 6,6 4,5 1,7
7 1,0 7,0 3,9
7-crossed 1,0 7,0 3,9 / 2,5 6,5
7-serif 1,1 1,0 7,0 5,4 4,9
7-curved ~1,1 4,1 7,0 5,4 4,9
8 ~6,1 4,0 2,1 2,3 6,6 6,8 4,9 2,8 2,6 6,3 6,1
8-two-loops ~4,0 2,2 4,4 6,2 4,0 / ~4,4 1,7 4,9 7,7 4,4
8-wide ~7,1 4,0 1,2 4,4 7,7 4,9 1,7 4,4 7,1
9 ~7,2 4,0 1,2 3,5 6,4 7,2 / 7,1 6,9
9-hooked ~7,2 4,0 1,2 3,5 7,3 7,2 6,7 4,9 2,8
9-narrow ~6,1 4,0 1,2 3,5 6,3 6,1 / 6,1 6,9
"""

LETTERS = """
A 0,9 4,0 8,9 / 2,6 6,6
A2 0,9 4,0 8,9 1,5 7,5
a ~7,3 4,2 1,5 3,8 6,7 7,3 / ~7,2 7,7 8,9
a2 ~1,3 4,1 7,3 7,9 / ~7,5 3,5 1,7 3,9 7,7
C ~8,2 5,0 1,3 1,6 5,9 8,7
E 7,0 1,0 1,9 7,9 / 1,4 6,4
E2 ~7,1 3,0 2,3 5,4 1,6 3,9 8,8
e ~1,5 7,4 5,1 2,2 1,5 3,9 7,8
F 7,0 1,0 1,9 / 1,4 6,4
f ~7,1 5,0 4,3 4,9 / 1,4 7,4
H 1,0 1,9 / 7,0 7,9 / 1,5 7,5
h 1,0 1,9 / ~1,5 4,4 6,5 6,9
J ~6,0 6,6 4,9 1,7
J2 1,0 8,0 / ~5,0 5,7 3,9 1,7
j ~4,3 4,8 2,9 / 4,0 4,1
K 1,0 1,9 / 7,0 1,5 7,9
k 1,0 1,9 / 6,3 1,6 6,9
L 1,0 1,9 7,9
M 0,9 1,0 4,6 7,0 8,9
m 0,3 0,9 / ~0,5 2,3 4,5 4,9 / ~4,5 6,3 8,5 8,9
N 1,9 1,0 7,9 7,0
n 1,3 1,9 / ~1,5 4,3 6,5 6,9
P 1,9 1,0 / ~1,0 6,0 7,2 5,4 1,5
p 1,3 1,9 / ~1,3 5,2 6,4 4,6 1,6
Q ~4,0 0,3 1,7 4,9 7,7 8,3 4,0 / 5,6 9,9
R 1,9 1,0 / ~1,0 6,0 6,3 1,4 / 2,4 7,9
r 1,3 1,9 / ~1,5 3,3 6,3
T 0,0 8,0 / 4,0 4,9
t 4,0 4,9 6,9 / 1,3 7,3
t2 ~4,0 4,7 5,9 7,8 / 1,3 7,3
U ~1,0 1,6 4,9 7,6 7,0
u ~1,3 1,7 3,9 6,7 6,3 / 6,3 7,9
V 0,0 4,9 8,0
W 0,0 2,9 4,3 6,9 8,0
w ~0,3 1,8 4,5 7,8 8,3
X 0,0 8,9 / 8,0 0,9
x ~1,3 3,5 4,6 6,8 / 6,3 1,9
d ~7,5 3,4 1,7 4,9 7,7 / 7,0 7,9
cursive-e-l ~0,7 4,5 3,1 2,5 4,8 6,5 7,0 5,2 6,8 9,7
"""

SYMBOLS = """
ampersand ~8,9 3,3 4,0 6,1 2,5 1,8 5,9 8,5
at ~6,4 4,3 3,5 5,6 6,4 / ~6,4 6,6 8,5 7,1 3,0 0,4 3,8 8,8
hash 3,0 2,9 / 6,0 5,9 / 0,3 8,3 / 0,6 8,6
percent 8,0 1,9 / ~2,0 1,2 3,2 2,0 / ~7,7 6,9 8,9 7,7
plus 4,1 4,8 / 0,4 8,4
times 1,1 7,7 / 7,1 1,7
divide 0,4 8,4 / 4,1 4,2 / 4,7 4,8
equals 0,3 8,3 / 0,6 8,6
minus 0,4 8,4
question ~1,2 4,0 7,2 4,5 4,7 / 4,9 4,9
exclamation 4,0 4,6 / 4,9 4,9
asterisk 4,0 4,8 / 1,2 7,6 / 7,2 1,6
less 7,0 1,4 7,8
greater 1,0 7,4 1,8
tilde ~0,5 2,3 5,6 8,4
dollar ~7,2 4,1 2,3 4,4 6,6 4,8 1,7 / 4,0 4,9
euro ~8,2 5,0 2,3 2,6 5,9 8,8 / 0,4 6,4 / 0,5 6,5
bracket 5,0 2,0 2,9 5,9
brace ~5,0 3,1 3,4 1,5 3,6 3,8 5,9
caret 1,5 4,0 7,5
check 0,5 3,9 9,0
half-tick 2,5 4,9 7,4
tick-rounded ~0,6 1,8 3,9 5,5 8,1
alpha ~8,2 5,7 2,8 0,5 2,2 5,4 8,8
eta ~1,3 2,3 2,7 / ~2,5 5,3 6,5 6,9
chi ~1,2 3,4 5,7 7,8 / 7,2 1,9
tau ~0,3 2,2 8,2 / ~4,2 4,7 6,8
arrow-right 0,4 8,4 / 5,1 8,4 5,7
arrow-down 4,0 4,9 / 1,6 4,9 7,6
arrow-up 4,9 4,0 / 1,3 4,0 7,3
colon 4,1 4,2 / 4,7 4,8
quotes 2,0 2,3 / 6,0 6,3
pi 0,1 8,1 / 2,1 2,9 / ~6,1 6,7 8,9
sigma 8,0 1,0 5,4 1,9 8,9
lambda 1,0 7,9 / 4,4 0,9
omega ~0,9 3,8 1,4 4,0 7,4 5,8 8,9
mu 1,9 1,2 / ~1,6 3,7 6,5 6,2 / 6,6 8,7
psi ~0,1 1,5 4,6 7,5 8,1 / 4,0 4,9
xi 0,1 8,1 / 2,4 6,4 / 0,8 8,8
root 0,5 2,5 4,9 6,0 9,0
infinity ~4,4 2,2 0,4 2,6 4,4 6,2 8,4 6,6 4,4
paragraph ~6,0 2,1 1,3 4,5 / 4,0 4,9 / 6,0 6,9
"""

LETTERS_AND_SYMBOLS = LETTERS + SYMBOLS.lstrip()

# Symbols that are written as some letter is: as t, C, V, x, n, T, u, w, E, ...
LIKE_LETTERS = frozenset(
    ("plus", "times", "less", "bracket", "caret", "check", "half-tick", "tick-rounded", "alpha", "eta", "chi",
     "tau", "pi", "sigma", "lambda", "omega", "mu", "psi", "exclamation", "arrow-up", "euro", "paragraph")
)  # fmt: skip

DOODLES = """
star 4,0 6,9 0,3 8,3 2,9 4,0
heart ~4,3 2,0 0,2 1,5 4,9 / ~4,3 6,0 8,2 7,5 4,9
house 0,4 4,0 8,4 8,9 0,9 0,4 / 3,9 3,6 5,6 5,9
tree 4,9 4,6 / 4,0 1,6 7,6 4,0
smile ~4,0 1,1 0,4 1,7 4,8 7,7 8,4 7,1 4,0 / 3,3 3,3 / 5,3 5,3 / ~2,5 4,6 6,5
umbrella ~0,4 2,1 4,0 6,1 8,4 / 0,4 8,4 / ~4,4 4,8 3,9 2,8
boat 0,6 8,6 6,9 2,9 0,6 / 4,6 4,0 7,5 4,5
triangle 4,0 8,8 0,8 4,0
diamond 4,0 8,4 4,9 0,4 4,0
envelope 0,2 8,2 8,8 0,8 0,2 4,5 8,2
cat 1,3 1,0 3,2 5,2 7,0 7,3 / ~1,3 0,6 4,9 8,6 7,3 / 3,5 3,5 / 5,5 5,5
"""

# These can hardly be told from digits, and some can't: they are neither trained on nor counted as wrong.
LOOK_ALIKES = """
O ~4,0 1,2 0,5 2,8 4,9 7,7 8,4 6,1 4,0
D 1,0 1,9 / ~1,0 6,2 7,5 5,8 1,9
I 4,0 4,9
I2 2,0 6,0 / 4,0 4,9 / 2,9 6,9
l ~4,0 4,5 4,8 6,9
i 4,3 4,9 / 4,0 4,1
bar 4,0 4,9
S ~7,1 4,0 2,2 4,4 6,6 5,8 3,9 1,8
Z 1,0 7,0 1,9 7,9
Z2 1,0 7,0 1,9 7,9 / 2,4 6,4
B 1,0 1,9 / ~1,0 5,1 5,3 1,4 / ~1,4 6,5 6,8 1,9
b 1,0 1,9 / ~1,6 4,4 6,6 5,8 3,9 1,8
G ~7,2 4,0 1,3 1,6 4,9 7,8 / 5,5 7,5 7,8
g ~6,3 3,2 1,4 3,6 6,4 / ~6,2 6,7 4,9 1,8
q ~6,3 3,2 1,4 3,6 6,4 / 6,2 6,9
y 1,2 4,5 / ~7,2 5,5 3,9
Y 1,0 4,4 7,0 / 4,4 4,9
phi ~4,2 1,4 4,7 7,4 4,2 / 4,0 4,9
theta ~4,0 1,2 0,5 2,8 4,9 7,7 8,4 6,1 4,0 / 1,4 7,4
beta ~1,9 1,4 2,1 5,1 5,3 2,4 6,6 5,8 2,8
"""

# A letter that can't be told from a digit is a letter none the less; what is named after no letter is none.
_NO_LETTERS = ("bar", "phi", "theta", "beta", "cursive-e-l")
LETTER_GLYPHS = "\n".join(
    line for line in (LETTERS + LOOK_ALIKES).splitlines() if line and line.split()[0] not in _NO_LETTERS
)

# Never trained on: they measure what the refusal does with a kind of drawing that it hasn't met.
OTHER_DOODLES = """
flower ~4,4 2,1 4,0 6,1 4,4 / ~4,4 1,3 1,6 4,4 / ~4,4 7,3 7,6 4,4 / 4,4 4,9
fish ~0,4 3,1 7,5 9,7 / ~0,4 3,7 7,3 9,1
stick-man ~4,0 3,1 4,2 5,1 4,0 / 4,2 4,6 / 1,4 7,4 / 1,9 4,6 7,9
cup 1,2 2,9 6,9 7,2 1,2 / ~7,3 9,4 8,6 6,7
lightning 5,0 1,5 5,5 2,9
key ~2,2 0,4 2,6 4,4 2,2 / 4,4 9,4 9,6 / 7,4 7,6
bird ~0,3 2,1 4,4 6,1 8,3
anchor 4,0 4,9 / ~0,6 2,9 4,9 6,9 8,6 / 2,3 6,3
note ~3,7 1,7 1,9 3,9 3,7 / 3,7 3,0 8,2
apple ~4,2 1,2 0,5 3,9 5,9 8,5 7,2 4,2 / ~4,2 4,1 5,0
snail ~0,8 4,8 8,8 8,5 / ~5,8 2,7 2,4 4,3 6,5 4,6
ladder 1,0 1,9 / 6,0 6,9 / 1,2 6,2 / 1,5 6,5 / 1,7 6,7
glasses ~3,4 1,3 0,5 2,6 3,4 / ~6,4 8,3 9,5 7,6 6,4 / 3,4 6,4
candle 2,3 2,9 6,9 6,3 2,3 / ~4,3 3,1 4,0 5,1 4,3
"""


def glyphs(lines: str) -> dict[str, tuple[np.ndarray, ...]]:
    """Return the strokes, each (N, 2) x, y in units of 0..1, of each glyph in `lines`, by name."""
    found = {}
    for line in lines.strip().splitlines():
        name, written = line.split(maxsplit=1)
        found[name] = tuple(_stroke(part) for part in written.split("/"))
    return found


def _stroke(written: str) -> np.ndarray:
    smooth = written.strip().startswith("~")
    corners = np.array([pair.split(",") for pair in written.strip(" ~").split()], float) / GRID
    length = np.r_[0, np.cumsum(np.hypot(*np.diff(corners, axis=0).T))]
    if length[-1] == 0:
        return corners[:1]  # a dot
    path = CubicSpline(length, corners) if smooth else None
    at = np.linspace(0, length[-1], CURVE_POINTS)
    if path is None:
        # The corners themselves are kept, whatever falls between them.
        at = np.union1d(at, length)
        return np.column_stack([np.interp(at, length, axis) for axis in corners.T])
    return path(at)
