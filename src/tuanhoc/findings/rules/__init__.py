"""Pure decisions about likeness and clashes of activities."""

from .areas import Area as Area
from .areas import Areas as Areas
from .likeness import CLEAR as CLEAR
from .likeness import LEAVE_OPEN as LEAVE_OPEN
from .likeness import REASONS as REASONS
from .likeness import SHOWN as SHOWN
from .looking import Looked as Looked
from .looking import look as look
from .rows import Row as Row
from .searching import HALL as HALL
from .searching import SPEAKER as SPEAKER
from .searching import TWICE as TWICE
from .searching import Found as Found
from .searching import search as search
