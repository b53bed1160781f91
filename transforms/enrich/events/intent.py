"""Acts that are only said to come, as PLOVER has them: a promise of cooperation is AGREE, a refusal of it REJECT.

The codebook takes cooperation in the future tense for the intention to cooperate, and the will not to for its
rejection. Which code of CAMEO corresponds follows from the code of the act itself (073 humanitarian aid: 0333 intent
to give it, 1223 refusal to).
"""

from __future__ import annotations

from collections.abc import Collection

from warehouse.contract.codes import EventStatus, EventType

_COOPERATION = frozenset({EventType.AID, EventType.COOPERATE, EventType.CONCEDE, EventType.RETREAT, EventType.SUPPORT})
_INTENDED = {
    "057": "030",
    "05": "032",
    "061": "0311",
    "062": "0312",
    "063": "0313",
    "064": "0314",
    "06": "031",
    "071": "0331",
    "072": "0332",
    "073": "0333",
    "074": "0334",
    "07": "033",
    "0811": "0351",
    "081": "0351",
    "082": "0352",
    "0831": "0341",
    "0832": "0342",
    "0833": "0343",
    "0834": "0344",
    "083": "034",
    "084": "0353",
    "085": "0354",
    "086": "0355",
    "087": "0356",
    "08": "035",
    "04": "036",
}
_REFUSED = {
    "057": "127",
    "05": "120",
    "061": "1211",
    "062": "1212",
    "06": "121",
    "071": "1221",
    "072": "1222",
    "073": "1223",
    "074": "1224",
    "07": "122",
    "081": "1241",
    "082": "1242",
    "0831": "1231",
    "0832": "1232",
    "0833": "1233",
    "0834": "1234",
    "083": "123",
    "084": "1243",
    "085": "1244",
    "086": "1245",
    "087": "1246",
    "08": "124",
    "04": "125",
}
"""Codes of CAMEO by those of the act; the longest that an act's code begins with counts."""
_THREATENED = {
    "133": "133",
    "14": "133",
    "161": "1313",
    "162": "1311",
    "163": "1312",
    "164": "134",
    "165": "135",
    "166": "136",
    "16": "131",
    "172": "132",
    "173": "137",
    "175": "137",
    "17": "137",
    "19": "138",
    "18": "138",
    "20": "138",
}
_THREAT_MODES = {
    "1312": "ban",
    "1313": "relations",
    "1311": "restrict",
    "136": "expel",
    "138": "violence",
    "132": "restrict",
}
_HOSTILE = frozenset({EventType.SANCTION, EventType.COERCE, EventType.ASSAULT, EventType.PROTEST})
_MODES = {"122": "assist", "123": "change", "124": "yield", "125": "meet"}


def as_intent(
    event_type: EventType, cameo_code: str, status: EventStatus | None
) -> tuple[EventType, str | None, str] | None:
    """Root, mode and code of what is said of an act that its own actor will do, or will not; none where it stays."""
    if status is EventStatus.PLANNED and event_type in _COOPERATION:
        return EventType.AGREE, None, _follow(_INTENDED, cameo_code, "030")
    if status is EventStatus.DENIED and (event_type in _COOPERATION or event_type is EventType.CONSULT):
        code = _follow(_REFUSED, cameo_code, "120")
        return EventType.REJECT, _MODES.get(code[:3]), code
    return None


def as_threat(event_type: EventType, cameo_code: str) -> tuple[EventType, str | None, str] | None:
    """Root, mode and code of a vow to do something hostile; none of what is not."""
    if event_type not in _HOSTILE:
        return None
    code = _follow(_THREATENED, cameo_code, "130")
    return EventType.THREATEN, _THREAT_MODES.get(code), code


def list_codes() -> Collection[str]:
    """All codes that this gives."""
    return {"030", "120", *_INTENDED.values(), "130", *_REFUSED.values(), *_THREATENED.values()}


def _follow(codes: dict[str, str], code: str, default: str) -> str:
    return next((codes[code[:n]] for n in range(len(code), 1, -1) if code[:n] in codes), default)
