"""Wide frames whose rows are chosen without copying every column: a column is copied when somebody asks for it.

A journal has more than forty columns and two hundred checks choose rows from it again and again, each looking at
five or six columns. `Rows` is a frame that keeps the numbers of its rows; asked for anything but a column, a choice
of rows or a column of its own, it becomes an ordinary frame of all its columns, so that it can be used as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Protocol

import numpy as np
import pandas as pd
from pandas.core.flags import Flags  # type: ignore[import-not-found]


def plain_texts() -> AbstractContextManager[None]:
    """Let texts made in this context be kept as Python's own: checks read them one by one, which is faster so."""
    return pd.option_context("mode.string_storage", "python")


Column = Callable[[], Any]  # gives the array of one whole column


class Source:
    """The whole columns that rows are chosen from, each made when it is first asked for."""

    def __init__(self, columns: Mapping[str, Column], length: int) -> None:
        self._makers = dict(columns)
        self._made: dict[str, Any] = {}
        self._series: dict[str, pd.Series] = {}
        self.length = length
        self.columns = pd.Index(list(columns), dtype="str")

    def array(self, name: str) -> Any:
        """Return the array of a column; KeyError when there is none."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def series(self, name: str) -> pd.Series:
        """Return a column as a series that stays with the source, so that nobody's change is made in its array."""
        if name not in self._series:
            self._series[name] = pd.Series(self.array(name), name=name, copy=False)
        return self._series[name].copy(deep=False)

    def __contains__(self, name: object) -> bool:
        return name in self._makers


def rows_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame, numbered from 0, as one whose rows are chosen without copying every column."""
    if isinstance(frame, Rows):
        return frame
    columns = {str(name): partial(_array_of, frame, str(name)) for name in frame.columns}
    return Rows(Source(columns, len(frame)), None, frame.index)


def taken(frame: pd.DataFrame, places: Any) -> dict[str, Column]:
    """Return the columns of a frame in another order, each taken when it is first asked for."""
    return {str(name): partial(_array_of, frame, str(name), places) for name in frame.columns}


def _array_of(frame: pd.DataFrame, name: str, places: Any = None) -> Any:
    array = frame[name].array
    return array if places is None else array.take(places)


def chosen(rows: pd.DataFrame, places: Any) -> pd.DataFrame:
    """Return the rows at some places, in that order."""
    return rows._at(places) if isinstance(rows, Rows) and rows._lazy else rows.take(places)


class Rows(pd.DataFrame):
    """A frame that knows where its columns are and copies them one by one; see the module.

    `places` are the rows of the source, None for all of them in order.
    """

    _source: Source
    _places: Any
    _labels: pd.Index
    _own: dict[str, Any]
    _seen: dict[str, pd.Series]  # columns of its own
    _shared: dict[str, pd.Series]  # columns of the source, taken once for all copies of these rows
    _whole: Any
    _changed: bool

    def __init__(
        self,
        source: Source,
        places: Any,
        labels: pd.Index | None = None,
        own: Mapping[str, Any] | None = None,
        shared: dict[str, pd.Series] | None = None,
    ) -> None:
        keep = object.__setattr__
        keep(self, "_source", source)
        keep(self, "_places", places)
        keep(self, "_labels", labels if labels is not None else pd.RangeIndex(source.length))
        keep(self, "_own", dict(own or {}))
        keep(self, "_seen", {})
        keep(self, "_shared", {} if shared is None else shared)
        keep(self, "_whole", None)
        keep(self, "_changed", False)
        keep(self, "_attrs", {})
        keep(self, "_flags", Flags(self, allows_duplicate_labels=True))
        keep(self, "_item_cache", {})

    @property
    def _constructor(self) -> Any:
        return pd.DataFrame

    @property
    def _lazy(self) -> bool:
        return not self._changed

    # What every other method of a frame reads: the frame of all columns, made now.
    @property
    def _mgr(self) -> Any:
        if self._whole is None:
            columns = self.columns
            arrays = [self._array(name) for name in columns]
            made = pd.DataFrame._from_arrays(  # type: ignore[attr-defined]
                arrays, columns, self._labels, verify_integrity=False
            )
            object.__setattr__(self, "_whole", made._mgr)
        return self._whole

    @_mgr.setter
    def _mgr(self, manager: Any) -> None:
        object.__setattr__(self, "_whole", manager)
        object.__setattr__(self, "_changed", True)
        self._seen.clear()

    @property
    def ndim(self) -> int:
        """The number of dimensions: a frame has two."""
        return 2

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return len(self.index), len(self.columns)

    @property
    def index(self) -> Any:
        return self._labels if self._lazy else self._whole.axes[1]

    @index.setter
    def index(self, labels: Any) -> None:
        self._become_ordinary()
        self._mgr.set_axis(1, pd.Index(labels))

    @property
    def columns(self) -> Any:
        if not self._lazy:
            return self._whole.axes[0]
        return pd.Index(self._names(), dtype="str") if self._own else self._source.columns

    @columns.setter
    def columns(self, names: Any) -> None:
        self._become_ordinary()
        self._mgr.set_axis(0, pd.Index(names))

    def _become_ordinary(self) -> None:
        """Copy all columns now, because what follows changes this very frame."""
        if not self._changed:
            object.__setattr__(self, "_whole", self._mgr.copy(deep=True))
            object.__setattr__(self, "_changed", True)
            self._seen.clear()

    def _names(self) -> list[str]:
        return [*self._source.columns, *(name for name in self._own if name not in self._source)]

    def _array(self, name: str) -> Any:
        if name in self._own:
            return self._own[name]
        whole = self._source.array(name)
        return whole if self._places is None else whole.take(self._places)

    def _column(self, name: str) -> pd.Series:
        seen = self._seen if name in self._own else self._shared
        found = seen.get(name)
        if found is None:
            if self._places is None and name not in self._own:
                found = self._source.series(name).set_axis(self._labels)
            else:
                found = pd.Series(self._array(name), index=self._labels, name=name, copy=False)
            seen[name] = found
        return found.copy(deep=False)

    def _at(self, places: Any) -> Rows:
        mine = places if self._places is None else self._places[places]
        own = {name: array.take(places) for name, array in self._own.items()}
        return Rows(self._source, mine, self._labels.take(places), own)

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, key: Any) -> Any:
        if self._lazy:
            if isinstance(key, str):
                if key in self._own or key in self._source:
                    return self._column(key)
            elif (mask := self._mask(key)) is not None:
                return self if mask.all() else self._at(mask.nonzero()[0])
            elif isinstance(key, list) and all(isinstance(name, str) for name in key):
                return pd.DataFrame({name: self[name] for name in key}, index=self._labels, columns=pd.Index(key))
        return super().__getitem__(key)

    def _mask(self, key: Any) -> Any:
        """Return a choice of rows as an array of flags, None where it is none or has other labels."""
        if isinstance(key, pd.Series):
            if key.dtype != bool or not (key.index is self._labels or key.index.equals(self._labels)):
                return None
            return key.to_numpy()
        if isinstance(key, np.ndarray) and key.dtype == bool and key.shape == (len(self._labels),):
            return key
        return None

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._lazy and isinstance(key, str):
            array = self._fitting(value)
            if array is not None:
                self._own[key] = array
                self._seen.pop(key, None)
                object.__setattr__(self, "_whole", None)
                return
        self._become_ordinary()
        super().__setitem__(key, value)

    def insert(self, loc: int, column: Any, value: Any, allow_duplicates: bool = False) -> None:
        """Set a new column at a place among the others."""
        self._become_ordinary()
        super().insert(loc, column, value, allow_duplicates)

    def pop(self, item: Any) -> Any:
        """Take a column out and return it."""
        self._become_ordinary()
        return super().pop(item)

    def __delitem__(self, key: Any) -> None:  # type: ignore[misc]
        self._become_ordinary()
        super().__delitem__(key)

    def _fitting(self, value: Any) -> Any:
        """Return what was set as the array of a column, None where labels have to be matched first."""
        if isinstance(value, pd.Series):
            same = value.index is self._labels or value.index.equals(self._labels)
            return value.array if same else None
        return pd.Series(value, index=self._labels).array if not isinstance(value, pd.DataFrame) else None

    @property
    def loc(self) -> Any:
        """Choose rows, and a column of them, by labels or flags."""
        return _Loc(self) if self._lazy else super().loc

    def head(self, n: int = 5) -> pd.DataFrame:  # type: ignore[misc, override]
        """Return the first rows."""
        return self._at(np.arange(len(self))[:n]) if self._lazy else super().head(n)

    def sort_values(self, by: Any, **options: Any) -> Any:
        """Return the rows in order of some columns."""
        names = [by] if isinstance(by, str) else list(by)
        if not self._lazy or options.get("inplace") or not all(isinstance(name, str) for name in names):
            return super().sort_values(by, **options)
        fresh = options.pop("ignore_index", False)
        keys = pd.DataFrame({name: self[name].array for name in names}, copy=False)
        found = self._at(keys.sort_values(by, **options).index.to_numpy())
        if fresh:
            object.__setattr__(found, "_labels", pd.RangeIndex(len(found)))
        return found

    def reset_index(self, level: Any = None, *, drop: bool = False, **options: Any) -> Any:
        """Return the rows numbered from 0."""
        if not self._lazy or level is not None or not drop or options:
            return super().reset_index(level, drop=drop, **options)
        return Rows(self._source, self._places, pd.RangeIndex(len(self)), self._own)

    def drop_duplicates(self, subset: Any = None, *, keep: Any = "first", **options: Any) -> Any:
        """Return the rows without those that repeat another in some columns."""
        if not self._lazy or options or subset is None:
            return super().drop_duplicates(subset, keep=keep, **options)
        keys = self[subset] if isinstance(subset, str) else self[list(subset)]
        return self[~keys.duplicated(keep=keep)]

    def copy(self, deep: bool = True) -> pd.DataFrame:  # type: ignore[misc, override]
        """Return the same rows; a column set in the copy stays its own."""
        if not self._lazy:
            return super().copy(deep)
        return Rows(self._source, self._places, self._labels, self._own, self._shared)

    def assign(self, **columns: Any) -> pd.DataFrame:  # type: ignore[override]
        """Return the same rows with further columns."""
        made = self.copy(deep=False)
        for name, value in columns.items():
            made[name] = value(made) if callable(value) else value
        return made


class _Loc:
    """Choosing rows by flags, and a column of them, without the other columns; all else as every frame does."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __getitem__(self, key: Any) -> Any:
        flags, name = key if isinstance(key, tuple) and len(key) == 2 else (key, None)
        mask = self._rows._mask(flags)
        if mask is None or not (name is None or isinstance(name, (str, list))):
            return pd.DataFrame.loc.fget(self._rows)[key]  # type: ignore[attr-defined]
        kept = self._rows[mask]
        return kept if name is None else kept[name]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._rows._become_ordinary()
        pd.DataFrame.loc.fget(self._rows)[key] = value  # type: ignore[attr-defined]


class Row(Protocol):
    """One row, whatever keeps it: its columns by name."""

    def __getitem__(self, name: str, /) -> Any: ...

    def __contains__(self, name: object, /) -> bool: ...


class Record:
    """One row of a frame; a column is read for all rows at once when the first of them asks for it."""

    __slots__ = ("_lists", "_place")

    def __init__(self, lists: _Lists, place: int) -> None:
        self._lists, self._place = lists, place

    def __getitem__(self, name: str, /) -> Any:
        return self._lists[name][self._place]

    def __contains__(self, name: object) -> bool:
        return name in self._lists.frame.columns

    def get(self, name: str, default: Any = None) -> Any:
        """Return a column, or the default where the frame has none of that name."""
        if name not in self:
            return default
        return self[name]

    def items(self) -> Iterator[tuple[str, Any]]:
        """Yield every column with its name."""
        for name in self._lists.frame.columns:
            yield str(name), self[str(name)]


class _Lists(dict[str, list[Any]]):
    def __init__(self, frame: pd.DataFrame) -> None:
        super().__init__()
        self.frame = frame

    def __missing__(self, name: str) -> list[Any]:
        self[name] = listed(self.frame[name])
        return self[name]


def listed(column: pd.Series) -> list[Any]:
    """Return the values of a column; texts are taken all at once, which pandas does one by one."""
    if isinstance(column.dtype, pd.StringDtype):
        return column.to_numpy(dtype=object).tolist()
    return column.tolist()


def records(frame: pd.DataFrame) -> Iterator[Record]:
    """Yield the rows of a frame in order, each as what it has under each column's name."""
    lists = _Lists(frame)
    for place in range(len(frame)):
        yield Record(lists, place)
