"""What rules name in a workspace, by the names that people know."""

from __future__ import annotations

from dataclasses import dataclass

from titian.app.desk import Reading
from titian.app.held import fit_of, held, missing
from titian.domain.words import Words


@dataclass(frozen=True)
class CalledHere:
    """Names of layerings, layers, tags and audiences; what is not there is called by its key."""

    reading: Reading

    def layering(self, key: str) -> Words:
        """The name of a layering."""
        found = held(self.reading.desk).get(key)
        return _key(key) if found is None else found.words

    def layer(self, layering: str, key: str) -> Words:
        """The name of a layer, as its fit names it."""
        found, newest = held(self.reading.desk).get(layering), self.reading.present.end
        if found is None or newest is None or missing(self.reading, found.layering):
            return _key(key)
        fitted = fit_of(self.reading, found, newest, self.reading.counted(newest))
        return next((layer.name for layer in fitted.layers if layer.key == key), _key(key))

    def tag(self, key: str) -> Words:
        """The name of a tag."""
        return next((one.tag.name for one in self.reading.desk.tags.all()[0] if one.tag.key == key), _key(key))

    def audience(self, key: str) -> Words:
        """The name of an audience."""
        found = self.reading.desk.audiences.current().get(key)
        return _key(key) if found is None or found.name is None else found.name


def _key(key: str) -> Words:
    return Words(zh=key, en=key)
