"""What is wrong, what good would look like, how we would know, and who does what by when."""

from .concerns import Concern, ConcernVersion
from .indicators import Indicator, Reading
from .obligations import Obligation
from .outcomes import Outcome

__all__ = ["Concern", "ConcernVersion", "Indicator", "Obligation", "Outcome", "Reading"]
