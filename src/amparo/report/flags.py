"""What a machine can point at in a sentence, on this computer, in four languages at once.

Flags help two people who read; they decide nothing. A flag too many costs a look, so these are
cautious; what has no flag may still name somebody, and no list of flags can be complete.

Source:
    domain safety rule 1.7. The patterns are ours.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, get_args

Flag = Literal[
    "telephone", "email", "position", "identity", "plate", "address", "family", "day_time",
    "letter",
]  # fmt: skip
FLAGS: tuple[Flag, ...] = get_args(Flag)

_IGNORE = re.IGNORECASE
_TELEPHONE_LEAST = 7
_NUMBER = re.compile(r"\+?\(?\d[\d ().\-–]{5,}\d")
# Days and spans of years have as many digits as a telephone.
_DAYS = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-. ]\d{1,2}[-. ]\d{2,4}|\d{4} ?[-–] ?\d{4}")
# Every part has an end, so that no text can make the search slow.
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,100}\.\w")
_ADDRESS = re.compile(
    r"https?://|\bwww\.|(?<![\w@.])@\w{2,}|\b(?:t|wa|fb)\.me\b"
    r"|\b[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\.(?:com|org|net|info|onion|gov|edu|int|io|app)\b"
    r"|\b[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\.[a-z]{2}/",
    _IGNORE,
)
_POSITION = re.compile(
    r"\d{1,3}[.,]\d{3,12}\s{0,2}[,;/ ]\s{0,2}-?\d{1,3}[.,]\d{3}"
    r"|\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d{1,6})?\s?['′]"
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
)
_IDENTITY = re.compile(
    r"(?<!\d)\d{6,}(?!\d)"
    # A document is named, and a number follows soon.
    r"|(?:\b(?:id|dni|cui|curp|rut|cni|nin|passport|pasaporte|passeport|c[eé]dula|carn[eé]t"
    r"|identity card|carte d.identit[eé])\b|هوية|الهوية|جواز|الرقم الوطني|الرقم القومي)"
    r"[^\d\n]{0,20}\b(?=\w{0,20}\d{2})\w[\w-]{4}"
    r"|\b[A-Z]{4}\d{6}[A-Z\d]{4,8}\b",
    _IGNORE,
)
_PLATE = re.compile(
    r"\b(?P<head>[A-Z]{1,3})[- ]?(?!(?:19|20)\d\d\b)\d{3,4}\b(?![\d.])"
    r"|\b\d{3,4}[- ]?[A-Z]{2,3}\b"
    r"|\b[A-Z]{2}-\d{3}-[A-Z]{2}\b"
    r"|(?<!\w)(?:[ء-ي] ){1,3}\d{2,4}\b|\b\d{2,4} [ء-ي] (?:[ء-ي](?!\w))?"
)
# Conventions, resolutions and sizes that are written like a plate.
_NO_PLATES = frozenset({"ILO", "OIT", "UN", "ONU", "COP", "ISO", "ART", "LEY", "LAW", "LOI", "DUS"})

_KIN_EN = (
    "daughter|son|wife|husband|widow|widower|sister|brother|mother|father|cousin|niece|nephew|aunt"
    "|uncle|grandmother|grandfather|granddaughter|grandson|fianc[eé]e?"
)
_KIN_ES = (
    "hij[ao]|espos[ao]|marido|viud[ao]|herman[ao]|madre|padre|mam[aá]|pap[aá]|prim[ao]|sobrin[ao]"
    "|t[ií][ao]|abuel[ao]|niet[ao]|cuñad[ao]|suegr[ao]|nuera|yerno|novi[ao]"
)
_KIN_FR = (
    "fille|fils|épouse|époux|mari|veuve|veuf|sœur|soeur|frère|mère|père|cousine?|nièce|neveu|tante"
    "|oncle|grand-mère|grand-père|petite-fille|petit-fils|belle-sœur|beau-frère|fiancée?"
)
# With the pronouns that Arabic writes on the word; short words that mean other things are left out.
_KIN_AR = "ابنة|بنت|ابن|زوجة|أرملة|أخت|شقيقة|شقيق|والدة|والد|حفيدة|حفيد|خطيبة|صهر|كنة"
_KIN_AR_OWN = (
    "ابنت|بنت|ابن|زوجت|زوج|أرملت|أخت|أخو|أخي|شقيقت|شقيق|والدت|والد|حفيدت|حفيد|أم|أبو|أبي|عم|خال"
)
_FAMILY = re.compile(
    rf"\b(?:{_KIN_EN}) of\b|(?:\b(?:his|her|their|my|our|your)|['’]s) (?:{_KIN_EN})\b"
    rf"|\b(?:{_KIN_ES}) del?\b|\b(?:su|mi|tu|nuestr[ao]|vuestr[ao]) (?:{_KIN_ES})\b"
    rf"|\b(?:{_KIN_FR}) (?:de|du|d['’])|\b(?:sa|son|leur|ma|mon|notre|votre) (?:{_KIN_FR}|femme)\b"
    rf"|(?<!\w)[وفبلك]?(?:{_KIN_AR})(?= \w)"
    rf"|(?<!\w)[وفبلك]?(?:{_KIN_AR_OWN})(?:ه|ها|هم|هن|نا|ي|ك)(?!\w)",
    _IGNORE,
)
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])(?::[0-5]\d|\s?h(?:\s?[0-5]\d)?\b)|\b\d{1,2}\s?(?:a\.?m|p\.?m)\b"
    r"|\bat (?:\d{1,2}|noon|midnight|dawn|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\ba las? (?:\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b"
    r"|\bal? (?:mediod[ií]a|amanecer)\b|\bà (?:midi|minuit|l['’]aube)\b|الساعة|\bالظهر\b|الفجر",
    _IGNORE,
)
_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:today|tonight|tomorrow)\b"
    r"|\b(?:lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|mañana|hoy)\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b|\b(?:demain|aujourd['’]hui)\b"
    r"|(?:ال)?(?:اثنين|إثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد)(?!\w)|غدًا|غدا|اليوم|الليلة"
    r"|\b\d{1,2} ?[/.-] ?\d{1,2}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th|er)?(?: de)? "
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fév|févr|avr|mai|juin|août"
    r"|déc|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)",
    _IGNORE,
)
# A capital that stands alone inside a sentence, or anywhere before a colon or a stroke. "A", "I",
# "Y", "O" and "À" are also words, but not in the middle of a sentence in capitals, but for "I".
_LETTER = re.compile(
    r"(?<![\w'’.-])[A-Z]{1,2}(?=\s?[:/])|(?<=[\w,;:] )(?!I\b)[A-Z](?![\w'’.-])"
    r"|(?<![A-Za-z\d.-])(?<=[ء-ي] )[A-Z]{1,2}(?![A-Za-z\d])"
)
_TASHKEEL = re.compile("[\u064b-\u0652\u0640]")


def flags_of(sentence: str) -> tuple[Flag, ...]:
    """Return what stands out in one sentence, each flag once, in the order of :data:`FLAGS`."""
    text = _TASHKEEL.sub("", unicodedata.normalize("NFC", sentence))
    found: dict[Flag, bool] = {
        "telephone": _has_telephone(text),
        "email": bool(_EMAIL.search(text)),
        "position": bool(_POSITION.search(text)),
        "identity": bool(_IDENTITY.search(text)),
        "plate": _has_plate(text),
        "address": bool(_ADDRESS.search(_EMAIL.sub(" ", text))),
        "family": bool(_FAMILY.search(text)),
        "day_time": bool(_CLOCK.search(text) and _DAY.search(text)),
        "letter": bool(_LETTER.search(text)),
    }
    return tuple(flag for flag in FLAGS if found[flag])


def _has_telephone(text: str) -> bool:
    numbers = (found.group() for found in _NUMBER.finditer(text))
    return any(
        sum(sign.isdigit() for sign in number) >= _TELEPHONE_LEAST and not _DAYS.fullmatch(number)
        for number in numbers
    )


def _has_plate(text: str) -> bool:
    return any(found.groupdict()["head"] not in _NO_PLATES for found in _PLATE.finditer(text))
