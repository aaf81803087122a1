/** Amounts are whole öre: reckoned as integers, never as decimals. On the wire they are «1250.50». */

const gruppering = /\B(?=(\d{3})+(?!\d))/g;

/** «1250.50» → 125050. */
export function ore(belopp: string): number {
    return Number(belopp.replace(".", ""));
}

/** 125050 → «1250.50». */
export function somBelopp(n: number): string {
    const siffror = String(Math.abs(n)).padStart(3, "0");
    return `${n < 0 ? "-" : ""}${siffror.slice(0, -2)}.${siffror.slice(-2)}`;
}

/** As it is read: «1 250,50», with a minus of the right length. */
export function beloppstext(belopp: string): string {
    const [kronor = "", oren = "00"] = belopp.replace("-", "").split(".");
    const text = `${kronor.replace(gruppering, "\u00a0")},${oren}`;
    return belopp.startsWith("-") ? `−${text}` : text;
}

/** What was typed or pasted, as the wire has it: «1 250,5 kr» → «1250.50»; undefined for what is no amount. */
export function tolkaBelopp(text: string): string | undefined {
    const rent = text
        .replace(/\s/g, "")
        .replace(/kr$/i, "")
        .replace(/^[−–]/, "-")
        .replace(",", ".");
    const m = /^(-?)0*(\d{1,13})(?:\.(\d{1,2}))?$/.exec(rent);
    if (!m) {
        return undefined;
    }
    const [, tecken = "", kronor = "", oren = ""] = m;
    return somBelopp(Number(`${tecken}${kronor}${oren.padEnd(2, "0")}`) + 0);
}

/** The sum of amounts; one that is not known is nothing. */
export function summa(...belopp: readonly (string | undefined)[]): string {
    return somBelopp(belopp.reduce((s, b) => s + (b ? ore(b) : 0), 0));
}

/** What b is more than a. */
export function skillnad(a: string, b: string): string {
    return somBelopp(ore(b) - ore(a));
}

/** The first column of what was copied from a table, row by row; the last line's end is no row. */
export function kolumn(text: string): string[] {
    return text
        .replace(/\r\n?/g, "\n")
        .replace(/\n$/, "")
        .split("\n")
        .map((rad) => (rad.split("\t")[0] ?? "").trim());
}
