// The server refuses the same numbers (backend/register/fritext.go, where the
// rule is told); backend/register/testdata/fritext.json is the table of both.

/** An id has ten digits that would do now and then, and without its ids a draft leads nowhere. */
const baraUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The same in a longer text, and a hash: what stands in them is theirs. A word may stand before it with
 * nothing between: two letters, since one may be its ninth digit.
 */
const idskrivet =
    /(?:\b|_|\p{L}{2})([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,})(?:\b|_)/giu;

const datumskrivet =
    /^(?:(?:18|19|20)\d\d[-./](?:0[1-9]|1[0-2])[-./](?:0[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])[./ ](?:18|19|20)\d\d)$/;
/** Ten digits, divided as no personnummer is: 070-123 45 67, 0498-12 34 56, 08-123 456 78. */
const telefonskrivet =
    /^0(?:\d\d[-./+ ]\d{2,7}(?:[-./+ ]\d{2,4}){0,2}|\d{3}[-./+ ](?:\d{6}|\d{3}[-./+ ]\d{3}|\d\d[-./+ ]\d\d[-./+ ]\d\d)|\d[-./+ ](?:\d{8}|\d{3}[-./+ ]\d{2,3}[-./+ ]\d{2,3}))$/;
/** Two months, or a day and a time of it: twelve digits. */
const manaderEllerTid =
    /^(?:(?:18|19|20)\d\d-(?:0[1-9]|1[0-2])[-./+ ](?:18|19|20)\d\d-(?:0[1-9]|1[0-2])|\d{4}[-./]\d\d[-./]\d\d (?:[01]\d|2[0-4])[-.][0-5]\d)$/;
const artalForst = /^(?:18|19|20)\d\d\D/;
/** A date, a joint of other signs or a word for what follows, and four digits: «810204_2382», «810204 nr 2382». */
const fogat =
    /(?:^|\D)((?:18|19|20)?\d\d[-./ _:]?\d\d[-./ _:]?\d\d)([^\d\p{L},\n]{0,4}(?:(?:de )?(?:n[ro]|nummer|l[öo]pn(?:umme)?r|(?:fyra )?sista(?: fyra)?(?: siffrorna)?|slutsiffror(?:na)?)[^\d\p{L},\n]{0,4})?)(\d{4})(?!\d)/du;
/** Years, with a month, a series or another year after them. */
const artalMed = /^(?:18|19|20)\d\d[-./]\d/;

/** A decimal digit of any script as 0–9: they stand ten and ten, from nought. */
export function siffra(tecken: string): string | undefined {
    if (!/^\p{Nd}$/u.test(tecken)) {
        return undefined;
    }
    const kod = tecken.codePointAt(0) ?? 0;
    let fore = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(kod - fore - 1))) {
        fore += 1;
    }
    return String(fore % 10);
}

/** What has no width: it is pasted along and never seen. */
export function osynligt(tecken: string): boolean {
    return /^[\p{Cf}\p{M}]$/u.test(tecken);
}

/** A divider between digits as one of - . / + space and line break. */
export function delartecken(tecken: string): string | undefined {
    if (/^[\p{Pd}\u2212]$/u.test(tecken)) {
        return "-";
    }
    const plats = "./+．／＋".indexOf(tecken);
    if (plats >= 0) {
        return "./+"[plats % 3];
    }
    if (/^[\t-\r]$/.test(tecken)) {
        return "\n";
    }
    return /^\p{Z}$/u.test(tecken) ? " " : undefined;
}

/** The text with the digits 0–9, one divider where there are any, and all else in small letters. */
function renskriv(text: string): string {
    let ut = "";
    let delare = "";
    for (const tecken of text) {
        if (osynligt(tecken)) {
            continue;
        }
        const d = delartecken(tecken);
        if (d !== undefined) {
            if (delare === "" || delare === " " || d === "\n") {
                delare = d;
            }
            continue;
        }
        ut += delare + (siffra(tecken) ?? tecken.toLowerCase());
        delare = "";
    }
    return ut;
}

/** The text with an x for each id, but for twelve digits that end it. Without a letter it is no id. */
function utanId(text: string): string {
    return text.replace(idskrivet, (skrivet, id: string) =>
        /[a-f]/i.test(id)
            ? `x${/-\d{12}_?$/.exec(skrivet)?.[0] ?? ""}`
            : skrivet,
    );
}

function riktigDag(ar: number, manad: number, dag: number): boolean {
    const d = new Date(Date.UTC(ar, manad - 1, dag));
    return d.getUTCMonth() === manad - 1 && d.getUTCDate() === dag;
}

/** A samordningsnummer has 60 more in its day; month 00 and day 60 say that the date is not established. */
function riktigtDatum(ar: number, manad: number, dag: number): boolean {
    const samordning = dag >= 60;
    return riktigDag(
        ar,
        samordning && manad === 0 ? 1 : manad,
        samordning ? dag - 60 || 1 : dag,
    );
}

/** Luhn over ten digits. */
export function stammer(siffror: string): boolean {
    let summa = 0;
    for (let i = 0; i < siffror.length; i++) {
        const n = Number(siffror[i]) * (i % 2 === 0 ? 2 : 1);
        summa += n > 9 ? n - 9 : n;
    }
    return summa % 10 === 0;
}

/** Asked of ten or twelve digits, in any century that people live in. */
function arPersonnummer(siffror: string): boolean {
    const tio = siffror.slice(-10);
    const sekler = ["18", "19", "20"].filter(
        (s) => siffror.length === 10 || siffror.startsWith(s),
    );
    return (
        [10, 12].includes(siffror.length) &&
        tio.slice(6, 9) !== "000" &&
        stammer(tio) &&
        sekler.some((s) =>
            riktigtDatum(
                Number(s + tio.slice(0, 2)),
                Number(tio.slice(2, 4)),
                Number(tio.slice(4, 6)),
            ),
        )
    );
}

interface Grupp {
    fran: number;
    till: number;
}

/** Dates and phone numbers that stand among the groups, from one and before another. */
function annatSkrivet(rad: string, grupper: readonly Grupp[]): Grupp[] {
    return grupper.flatMap((g, fran) =>
        [2, 3, 4].flatMap((antal) => {
            const sista = grupper[fran + antal - 1];
            const text = sista ? rad.slice(g.fran, sista.till) : "";
            return (antal === 3 && datumskrivet.test(text)) ||
                (text.length === 9 + antal && telefonskrivet.test(text))
                ? [{ fran, till: fran + antal }]
                : [];
        }),
    );
}

/** As it is written it is something else, or ends inside something else. */
function arAnnat(
    text: string,
    siffror: number,
    annat: readonly Grupp[],
    { fran, till }: Grupp,
): boolean {
    if (/\n(?!\d{4}$)/.test(text)) {
        return true;
    }
    if (siffror === 12 ? manaderEllerTid.test(text) : artalForst.test(text)) {
        return true;
    }
    return annat.some(
        (a) =>
            (a.fran < fran && fran < a.till) ||
            (a.fran < till && till < a.till) ||
            (siffror === 10 && a.fran < till && fran < a.till),
    );
}

/** A date and four digits, with a joint between them that is no divider; "1981-02-04: 2382" begins a sentence. */
function harFogat(text: string): boolean {
    for (let rest = text; ; ) {
        const m = fogat.exec(rest);
        const [dag, fog, sista] = m?.indices?.slice(1) ?? [];
        if (!dag || !fog || !sista) {
            return false;
        }
        const dagen = rest.slice(...dag);
        const fogen = rest.slice(...fog);
        if (
            /[^-./+ ]/.test(fogen) &&
            !artalMed.test(rest.slice(sista[0])) &&
            !(/\D/.test(dagen) && fogen === ": ") &&
            arPersonnummer(dagen.replace(/\D/g, "") + rest.slice(...sista))
        ) {
            return true;
        }
        rest = rest.slice(dag[0]).replace(/^\d+/, "");
    }
}

/** A personnummer or a samordningsnummer stands in the text, however it is written. */
export function harPersonnummer(text: string): boolean {
    if (baraUuid.test(text)) {
        return false;
    }
    const skriven = renskriv(utanId(text));
    if (harFogat(skriven)) {
        return true;
    }
    for (const [rad] of skriven.matchAll(/\d+(?:[-./+ \n]\d+)*/g)) {
        const grupper = [...rad.matchAll(/\d+/g)].map((g) => ({
            fran: g.index,
            till: g.index + g[0].length,
        }));
        const annat = annatSkrivet(rad, grupper);
        for (const [i, forsta] of grupper.entries()) {
            let siffror = "";
            for (const [j, g] of grupper.slice(i).entries()) {
                siffror += rad.slice(g.fran, g.till);
                if (siffror.length > 12) {
                    break;
                }
                if (
                    arPersonnummer(siffror) &&
                    !arAnnat(
                        rad.slice(forsta.fran, g.till),
                        siffror.length,
                        annat,
                        { fran: i, till: i + j + 1 },
                    )
                ) {
                    return true;
                }
            }
        }
    }
    return false;
}
