// Days as the phone's own calendar has them: 2026-03-04, never a moment of another zone.

export function dayOf(moment) {
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** Today, or so many days from it. */
export function today(plus = 0) {
  const day = new Date();
  day.setDate(day.getDate() + plus);
  return dayOf(day);
}

/** A day as the pages say it: 4 Mar. */
export function inWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  const name = new Date(year, month - 1).toLocaleDateString(document.documentElement.lang, { month: "short" });
  return `${date} ${name}`;
}
