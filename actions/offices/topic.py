"""The topic of offices: the hours of the hall, told with what the plan says of it."""

from actions.core.topics import Topic
from actions.offices import hall

TOPIC = Topic(supplements={"hall_opening_hours": hall.tell, "hall_weekend": hall.tell})
