import { type Kodrad, etikett } from "@/features/kodverk/kodverk.logic";
import type { Fraga } from "@/features/fraga/fraga.logic";
import { svarIOrd } from "@/features/fraga/svar.logic";
import type { Schema } from "@/shared/api/typer";
import { fragor } from "./fragor.logic";

interface Kodverken {
    utbildning: readonly Kodrad[];
    forsorjning: readonly Kodrad[];
    anledning: readonly Kodrad[];
    arbetstyp: readonly Kodrad[];
    stadsdel: readonly Kodrad[];
    /** The organisation's own, closed ones too, in order. */
    fragor: readonly Fraga[];
}

interface Uppgift {
    namn: string;
    /** The field it is typed in, as a JSON pointer. */
    pekare: string;
    varde: string;
}

interface Handelse {
    nyckel: string;
    rubrik: string;
    registrerad: string;
    /** Who did; undefined when they are not left in SUS. */
    registrerare?: string | undefined;
    skal?: string | undefined;
    uppgifter: Uppgift[];
    /** What this version changed in the one before it; empty for a first. */
    andrat: string[];
}

function jaNej(v: boolean): string {
    return v ? "Ja" : "Nej";
}

function sysselsattning(
    s: Schema<"Sysselsattning">,
    nar: "fore" | "efter",
    dag: string,
    { forsorjning, arbetstyp }: Kodverken,
): Uppgift[] {
    const namn = fragor[nar];
    const ut: Uppgift[] = [
        {
            namn: namn.forsorjning.kort,
            pekare: `/${nar}/forsorjning`,
            varde: s.forsorjning
                .map((k) => etikett(forsorjning, k, dag))
                .join(", "),
        },
        {
            namn: namn.arbetssokande.kort,
            pekare: `/${nar}/arbetssokande`,
            varde: jaNej(s.arbetssokande),
        },
        {
            namn: namn.arbetar.kort,
            pekare: `/${nar}/arbetar`,
            varde: s.arbetar
                ? `Ja, ${s.arbetarProcent ?? ""} %: ${(s.arbetstyper ?? []).map((k) => etikett(arbetstyp, k, dag)).join(", ")}`
                : "Nej",
        },
        {
            namn: namn.studerar.kort,
            pekare: `/${nar}/studerar`,
            varde: s.studerar ? `Ja, ${s.studerarProcent ?? ""} %` : "Nej",
        },
    ];
    return ut;
}

const omFraga = "/svar/";

/** The answers to the organisation's own questions, in its order. One whose question is not to be had is there all the same. */
function svarsuppgifter(
    svar: readonly Schema<"Fragesvar">[] | undefined,
    fragor: readonly Fraga[],
): Uppgift[] {
    const plats = (id: string): number => fragor.findIndex((f) => f.id === id);
    return [...(svar ?? [])]
        .sort((a, b) => plats(a.fragaId) - plats(b.fragaId))
        .map((s) => {
            const f = fragor[plats(s.fragaId)];
            return {
                namn: f?.namn ?? "Kompletterande fråga",
                pekare: `${omFraga}${s.fragaId}`,
                varde: f ? svarIOrd(f, s) : "Besvarad",
            };
        });
}

function arSvar({ pekare }: { pekare: string }): boolean {
    return pekare.startsWith(omFraga);
}

/** Some measurement has an answer to a question. */
export function harSvar(
    matningar: readonly Pick<
        Schema<"Version">,
        "inregistrering" | "utregistrering"
    >[],
): boolean {
    return matningar.some(
        (m) => (m.inregistrering?.svar ?? m.utregistrering?.svar) !== undefined,
    );
}

function inuppgifter(
    i: Schema<"Inregistrering">,
    kodverk: Kodverken,
): Uppgift[] {
    return [
        { namn: "Startdag", pekare: "/startdag", varde: i.startdag },
        ...(i.stadsdel === undefined
            ? []
            : [
                  {
                      namn: "Stadsdel",
                      pekare: "/stadsdel",
                      varde: etikett(kodverk.stadsdel, i.stadsdel, i.startdag),
                  },
              ]),
        {
            namn: "Högsta avslutade utbildningsnivå",
            pekare: "/utbildningsniva",
            varde: etikett(kodverk.utbildning, i.utbildningsniva, i.startdag),
        },
        {
            namn: "År med offentlig försörjning",
            pekare: "/arOffentligForsorjning",
            varde: String(i.arOffentligForsorjning),
        },
        ...sysselsattning(i.fore, "fore", i.startdag, kodverk),
        ...svarsuppgifter(i.svar, kodverk.fragor),
    ];
}

function utuppgifter(
    u: Schema<"Utregistrering">,
    kodverk: Kodverken,
): Uppgift[] {
    return [
        {
            namn: "Avslutningsdag",
            pekare: "/avslutningsdag",
            varde: u.avslutningsdag,
        },
        {
            namn: "Avslutsanledning",
            pekare: "/avslutsanledning",
            varde: etikett(
                kodverk.anledning,
                u.avslutsanledning,
                u.avslutningsdag,
            ),
        },
        ...(u.efter
            ? sysselsattning(u.efter, "efter", u.avslutningsdag, kodverk)
            : []),
        ...svarsuppgifter(u.svar, kodverk.fragor),
    ];
}

/** What holds now of one thing, at the start and at the end. */
interface Gallande {
    namn: string;
    /** Of the field where it is typed first. */
    pekare: string;
    fore?: string | undefined;
    efter?: string | undefined;
}

/** What stands now, the two measurements beside each other. */
export function gallande(
    d: Pick<Schema<"Deltagande">, "inregistrering" | "utregistrering">,
    kodverk: Kodverken,
): Gallande[] {
    const ut = d.utregistrering ? utuppgifter(d.utregistrering, kodverk) : [];
    const motsvarande = (pekare: string): string =>
        pekare === "/startdag"
            ? "/avslutningsdag"
            : pekare.replace(/^\/fore\//, "/efter/");
    const inne = inuppgifter(d.inregistrering, kodverk);
    const iBada = inne.map((u) => ({
        pekare: u.pekare,
        namn:
            u.pekare === "/startdag"
                ? "Startdag, avslutningsdag"
                : u.namn.replace(/ före$/, ""),
        fore: u.varde,
        efter: ut.find((e) => e.pekare === motsvarande(u.pekare))?.varde,
    }));
    const baraUt = ut
        .filter(
            (e) =>
                e.pekare === "/avslutsanledning" ||
                (arSvar(e) && !inne.some((u) => u.pekare === e.pekare)),
        )
        .map(({ pekare, namn, varde }) => ({ pekare, namn, efter: varde }));
    const plats = (u: { pekare: string }): number =>
        arSvar(u)
            ? kodverk.fragor.findIndex((f) => u.pekare === omFraga + f.id)
            : -1;
    const alla: Gallande[] = [...iBada, ...baraUt];
    return [
        ...alla.filter((u) => !arSvar(u)),
        ...alla.filter(arSvar).sort((a, b) => plats(a) - plats(b)),
    ];
}

/** Every version as a point on a line, newest first, each with what it changed; and that the samtycke was taken back. */
export function tidslinje(
    versioner: readonly Schema<"Version">[],
    kodverk: Kodverken,
    /** When; undefined: it was not. */
    aterkallat?: string,
): Handelse[] {
    const iOrdning = [...versioner].sort(
        (a, b) =>
            a.registrerad.localeCompare(b.registrerad) || a.version - b.version,
    );
    const senaste = new Map<string, Uppgift[]>();
    const ut: Handelse[] = [];
    for (const v of iOrdning) {
        const uppgifter = v.inregistrering
            ? inuppgifter(v.inregistrering, kodverk)
            : v.utregistrering
              ? utuppgifter(v.utregistrering, kodverk)
              : [];
        const fore = senaste.get(v.typ);
        const vad = v.typ === "IN" ? "Inregistrering" : "Utregistrering";
        ut.push({
            nyckel: `${v.typ}-${v.version}`,
            rubrik: fore ? `Rättelse av ${vad.toLowerCase()}` : vad,
            registrerad: v.registrerad,
            registrerare: v.registrerare?.namn,
            skal: v.skal,
            uppgifter,
            andrat: fore ? skillnad(fore, uppgifter) : [],
        });
        senaste.set(v.typ, uppgifter);
    }
    if (aterkallat !== undefined) {
        ut.push({
            nyckel: "aterkallat",
            rubrik: "Samtycket återkallades",
            registrerad: aterkallat,
            uppgifter: [],
            andrat: [],
        });
        // What the withdrawal itself wrote is of the same moment, and stands before it.
        ut.sort((a, b) => a.registrerad.localeCompare(b.registrerad));
    }
    return ut.reverse();
}

function skillnad(
    fore: readonly Uppgift[],
    efter: readonly Uppgift[],
): string[] {
    const da = new Map(fore.map((u) => [u.pekare, u]));
    const nu = new Map(efter.map((u) => [u.pekare, u]));
    return [...new Set([...nu.keys(), ...da.keys()])].flatMap((pekare) => {
        const [a, b] = [da.get(pekare), nu.get(pekare)];
        return a?.varde === b?.varde
            ? []
            : [
                  `${(b ?? a)?.namn ?? ""}: ${a?.varde ?? "saknades"} → ${b?.varde ?? "borttaget"}`,
              ];
    });
}

/** Days in the insats, both ends counted (domain 8). */
export function tidIInsats(dagar: number): string {
    return `${dagar} ${dagar === 1 ? "dag" : "dagar"}`;
}
