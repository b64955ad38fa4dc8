"""A card cut out where a person says it lies, and as they say it is read: nothing is looked for, and nothing turned."""

import numpy as np

from service.domain.reading.card import Corners
from workers.extraction.decode import Photo, larger
from workers.extraction.readers.sight import Sight
from workers.extraction.straighten import Squared, scale_of, square, with_lines


def squared_at(photo: Photo, corners: Corners, sight: Sight) -> Squared:
    """The card within the corners (in pixels of the photo as shown), held to the photo, with its lines of text."""
    place = np.clip(np.asarray(corners, np.float32), 0, [photo.width - 1, photo.height - 1]).astype(np.float32)
    source = larger(photo, scale=scale_of(place))
    picture = square(source, place, source.shape[1] / photo.width)
    return with_lines(picture, place, sight)
