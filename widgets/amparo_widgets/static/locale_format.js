// @ts-check
// Days, numbers, percentages and plural forms as src/amparo/formats.py writes them: Western
// digits in every language, the day first, the month in letters. A test compares the two.

/** A locale of the browser with Western digits; a language it does not know falls to English. */
function localeOf(lang) {
  try {
    return `${Intl.getCanonicalLocales(lang)[0]}-u-nu-latn`;
  } catch {
    return "en-u-nu-latn";
  }
}

/** Marks of direction around signs are the page's business, and a space before % never breaks. */
function plainParts(parts) {
  return parts.map((part) => {
    const value = part.value.replace(/[\u200e\u200f\u061c]/g, "");
    return part.type === "literal" ? value.replace(/\s/g, "\u00a0") : value;
  }).join("");
}

/** The month in letters, in the form that stands beside a day. */
function localeMonthName(lang, date) {
  const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  const parts = new Intl.DateTimeFormat(localeOf(lang), options).formatToParts(date);
  return parts.find((part) => part.type === "month")?.value ?? "";
}

/** "3 May 2027", "May 2027" or "2027" for a day such as "2027-05-03"; other text as it stands. */
export function localeDay(lang, iso, precision = "day") {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(iso));
  const date = found ? new Date(`${iso}T00:00:00Z`) : null;
  if (!found || !date || Number.isNaN(date.getTime())) return String(iso ?? "");
  const year = String(Number(found[1]));
  if (precision === "year") return year;
  const month = `${localeMonthName(lang, date)} ${year}`;
  return precision === "month" ? month : `${Number(found[3])} ${month}`;
}

/** "May 27": short enough for a picture. */
export function localeMonth(lang, iso) {
  return localeDay(lang, iso, "month").replace(/\d\d(\d\d)$/, "$1");
}

/** A number with at most three decimals, grouped as the language does. */
export function localeNumber(lang, value) {
  const options = { maximumFractionDigits: 3, roundingMode: "halfEven" };
  return plainParts(new Intl.NumberFormat(localeOf(lang), options).formatToParts(value));
}

/** A share of 0 to 1 as a whole percentage; a half goes up, as people round. */
export function localePercent(lang, share) {
  const whole = Math.floor(share * 100 + 0.5) / 100;
  const options = { style: "percent", maximumFractionDigits: 0 };
  return plainParts(new Intl.NumberFormat(localeOf(lang), options).formatToParts(whole));
}

/** The place of the plural form for *number* among the *count* forms of a catalogue. */
export function localePlural(lang, number, count) {
  const kind = new Intl.PluralRules(localeOf(lang)).select(number);
  if (count < 3) return kind === "one" ? 0 : count - 1;
  const order = ["zero", "one", "two", "few", "many", "other"];
  const kinds = new Intl.PluralRules(localeOf(lang)).resolvedOptions().pluralCategories;
  return order.filter((one) => kinds.includes(one)).indexOf(kind);
}
