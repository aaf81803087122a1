import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faltregler as alla } from "@/shared/api/faltregler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { type Bank, banker } from "@/shared/prov/banker";
import {
    del,
    fellista,
    felen,
    harFalt,
    ifyllt,
    markera,
    sagtIListan,
    skriv,
    utanFel,
    valj,
} from "@/shared/prov/handgrepp";
import {
    type Form,
    flyttas,
    formular,
    moten,
    nyckel,
    regler,
    utanForm,
} from "@/shared/prov/moten";
import { type Sida, oppna } from "@/shared/prov/oppna";
import { nekade } from "@/shared/prov/server";
import { dag, testnummer } from "@/shared/prov/varlden";
import { faltFor, faltId } from "./formular.logic";

describe("varje regel som servern nekar ett fält för", () => {
    it("är antingen ett fälts i ett formulär, eller sägs varför inte", () => {
        const kanda = new Set(Object.keys(regler));
        expect(
            alla
                .filter((r) => !kanda.has(nyckel(r)) && !(r.fil in utanForm))
                .map(nyckel),
        ).toEqual([]);
        const finns = new Set(alla.map(nyckel));
        expect([...kanda].filter((k) => !finns.has(k))).toEqual([]);
    });
    it("möter ett formulär som prövas", () => {
        const provade = new Set(Object.values(banker).map((b) => b.form));
        expect(
            Object.keys(formular).filter((f) => !provade.has(f as Form)),
        ).toEqual([]);
    });
});

/** Another answer, and the first again: whoever mends a field changes it. */
async function andra(pekare: string): Promise<void> {
    const e = document.querySelector(`#${faltId(pekare)}`);
    if (e instanceof HTMLFieldSetElement) {
        const val = [...e.querySelectorAll("input")];
        const annat = val.find((v) => !v.checked) ?? val[0];
        const valt = val.find((v) => v.checked);
        const kod = (v: HTMLInputElement | undefined): string =>
            v?.id.slice(faltId(pekare).length + 1) ?? "";
        await markera(pekare, kod(annat));
        await markera(pekare, kod(annat?.type === "radio" ? valt : annat));
    } else if (e instanceof HTMLSelectElement) {
        const nu = e.value;
        const andra = [...e.options].filter((o) => o.value !== nu);
        const annat = andra.find((o) => o.value !== "") ?? andra[0];
        await valj(pekare, annat?.value ?? nu);
        await valj(pekare, nu);
    } else if (
        e instanceof HTMLInputElement ||
        e instanceof HTMLTextAreaElement
    ) {
        const nu = e.value;
        const annat = pekare.endsWith("/personnummer")
            ? "199001012385"
            : /(dag|datum|fran|tom|OchMed)$/.test(pekare)
              ? dag(-7)
              : e.inputMode === "numeric"
                ? "1"
                : "Något annat";
        await skriv(pekare, annat);
        await skriv(pekare, pekare.endsWith("/personnummer") ? testnummer : nu);
    }
}

/** Each refusal of a form: the fault as the server words it, at the pointer as it sends it. */
function nekanden(form: Form): { namn: string; fel: Faltfel }[] {
    return moten.flatMap(({ namn, falt }) =>
        falt
            .filter(([f]) => f === form)
            .flatMap(([, ...pekarna]) =>
                pekarna.flatMap((pekare) =>
                    alla
                        .filter((r) => nyckel(r) === namn)
                        .map((r) => ({
                            namn: `${r.regel} ${pekare}`,
                            fel: {
                                pekare,
                                regel: r.regel,
                                // Words that the server puts together are not in its table.
                                meddelande:
                                    r.ord === ""
                                        ? `Så står det om ${r.regel}.`
                                        : r.ord,
                            },
                        })),
                ),
            ),
    );
}

const ritade = new Set<string>();

describe.each(Object.entries(banker))("%s", (_, bank: Bank) => {
    let sida: Sida;
    let fel: Faltfel | undefined;

    beforeAll(async () => {
        sida = await oppna(bank.vag, {
            ...(bank.roll === undefined ? {} : { roll: bank.roll }),
            svara: (f) => {
                if (fel && f.namn === bank.anrop && !f.sok.has("provkor")) {
                    const [nu] = [fel];
                    fel = undefined;
                    return nekade(
                        f.metod === "GET"
                            ? { ...nu, pekare: nu.pekare.slice(1) }
                            : nu,
                    );
                }
                return bank.svara?.(f);
            },
        });
        await bank.fram();
        await bank.fyll();
    });
    afterAll(async () => {
        await sida.bort();
    });

    it.each(nekanden(bank.form))("$namn", async ({ fel: nekas }) => {
        const fore = ifyllt();
        fel = nekas;
        await bank.skicka();
        const etiketter = formular[bank.form] as Record<string, string>;
        const [flyttat = nekas] = flyttas[bank.form]?.([nekas]) ?? [];
        const pekare = faltFor(flyttat.pekare, etiketter) ?? "";
        const namn = etiketter[pekare] ?? "";
        expect(namn).not.toBe("");
        expect(ifyllt()).toEqual(fore);
        if (!harFalt(pekare)) {
            // Another form of the same table has it: it is said, and leads nowhere.
            expect(fellista()).toEqual([]);
            expect(del("fellista")?.textContent).toContain(
                sagtIListan(namn, nekas.meddelande),
            );
            return;
        }
        ritade.add(`${bank.form} ${pekare}`);
        await felen([pekare, namn, nekas.meddelande]);
        await andra(pekare);
        utanFel(pekare);
        if (ifyllt().join() !== fore.join()) {
            await bank.fyll(); // another answer took what hung on the first
        }
    });

    it("går igenom när allt är rättat", async () => {
        const fore = sida.fragor.length;
        await bank.skicka();
        expect(
            sida.fragor.slice(fore).filter((f) => f.namn === bank.anrop),
        ).not.toEqual([]);
        expect(fellista()).toEqual([]);
        expect(del("problem")).toBeNull();
    });
});

it("har sitt fält ritat i något av formulären", () => {
    const alltRitat = moten.flatMap(({ namn, falt }) =>
        falt.flatMap(([form, ...pekarna]) =>
            pekarna.map((pekare) => {
                const regel = namn.slice(namn.lastIndexOf(" ") + 1);
                const fel = { pekare, regel, meddelande: "m" };
                const [flyttat = fel] = flyttas[form]?.([fel]) ?? [];
                return `${form} ${faltFor(flyttat.pekare, formular[form]) ?? ""}`;
            }),
        ),
    );
    // An insats stays where it is: the new one's organisation is no fault of the server's.
    expect(alltRitat.filter((r) => !ritade.has(r))).toEqual([]);
});

/** What the contract says of each part of a body: true where a form has the field. */
const kontraktet = {
    in: {
        startdag: true,
        stadsdel: true,
        utbildningsniva: true,
        arOffentligForsorjning: true,
        "fore/forsorjning": true,
        "fore/arbetssokande": true,
        "fore/arbetar": true,
        "fore/arbetarProcent": true,
        "fore/arbetstyper": true,
        "fore/studerar": true,
        "fore/studerarProcent": true,
        svar: true,
        skal: true,
    } satisfies Record<
        | Exclude<keyof Schema<"RattadInregistrering">, "fore">
        | `fore/${keyof Schema<"Sysselsattning">}`,
        boolean
    >,
    ut: {
        avslutningsdag: true,
        avslutsanledning: true,
        efter: true,
        svar: true,
        skal: true,
    } satisfies Record<keyof Schema<"RattadUtregistrering">, boolean>,
    samtycke: {
        personnummer: true,
        blankett: true,
        datum: true,
        sprak: true,
        satt: true,
        "mognadsbedomning/datum": true,
        "mognadsbedomning/vardnadshavare": true,
        externtId: false,
    } satisfies Record<
        | Exclude<keyof Schema<"NyttSamtycke">, "mognadsbedomning">
        | `mognadsbedomning/${keyof Schema<"Mognadsbedomning">}`,
        boolean
    >,
    rattatSamtycke: {
        blankett: true,
        datum: true,
        sprak: true,
        satt: true,
        "mognadsbedomning/datum": true,
        "mognadsbedomning/vardnadshavare": true,
        externtId: false, // goes along as it was
        skal: true,
    } satisfies Record<
        | Exclude<keyof Schema<"RattatSamtycke">, "mognadsbedomning">
        | `mognadsbedomning/${keyof Schema<"Mognadsbedomning">}`,
        boolean
    >,
    insats: {
        organisationId: true,
        namn: true,
        startdatum: true,
        slutdatum: true,
        beskrivning: true,
        inriktning: true,
        preciseradInriktning: true,
        deltagarregistrering: true,
        malgrupper: true,
        insatsanordnare: true,
        inmatningsorganisation: true,
        gallerFran: true,
        "kontaktperson/namn": true,
        "kontaktperson/titel": true,
        "kontaktperson/telefon": true,
        "kontaktperson/epost": true,
    } satisfies Record<
        | Exclude<keyof Schema<"NyInsats">, "kontaktperson">
        | `kontaktperson/${keyof Schema<"Kontaktperson">}`,
        boolean
    >,
    anonyma: {
        inregistreringsar: true,
        antalKvinnor: true,
        antalMan: true,
    } satisfies Record<keyof Schema<"NyaAnonyma">, boolean>,
    sok: {
        insatsId: false,
        personnummer: true,
    } satisfies Record<keyof Schema<"DeltagareSokning">, boolean>,
    sokning: {
        namn: true,
        personnummer: true,
        status: true,
    } satisfies Record<keyof Schema<"DeltagandeSokning">, boolean>,
    inloggning: {
        personnummer: true,
        huvudlosenord: true,
    } satisfies Record<keyof Schema<"NyInloggning">, boolean>,
    aterkallelse: {
        personnummer: true,
        arende: true,
    } satisfies Record<keyof Schema<"AterkallelseIInsats">, boolean>,
    logg: {
        personnummer: true,
        aktorId: true,
        handelse: true,
        fran: true,
        tom: true,
    } satisfies Record<keyof Schema<"LoggpostSokning">, boolean>,
};

describe("varje uppgift som kontraktet granskar", () => {
    it.each(Object.entries(kontraktet))(
        "har sitt fält i formuläret: %s",
        (form, uppgifter) => {
            for (const [uppgift, harFalt] of Object.entries(uppgifter)) {
                const fel = {
                    pekare: `/${uppgift}`,
                    regel: "r",
                    meddelande: "m",
                };
                const [flyttat] = flyttas[form as Form]?.([fel]) ?? [fel];
                expect(
                    faltFor(flyttat?.pekare ?? "", formular[form as Form]) !==
                        undefined,
                    uppgift,
                ).toBe(harFalt);
            }
        },
    );
});
