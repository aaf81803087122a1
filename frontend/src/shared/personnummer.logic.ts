import { parsePersonnummer } from "@fkui/logic";
import { ordPersonnummerKontrollsiffra } from "@/shared/api/regler.gen";
import type { Faltfel } from "@/shared/api/typer";
import { delartecken, osynligt, siffra, stammer } from "@/shared/fritext.logic";

/** The text as the keyboard writes it: other dashes, spaces and digits come along when it is pasted. */
export function somTangenter(text: string): string {
    let ut = "";
    for (const tecken of text) {
        if (!osynligt(tecken)) {
            const d = delartecken(tecken);
            ut += siffra(tecken) ?? (d === "\n" ? " " : d) ?? tecken;
        }
    }
    return ut;
}

const form = /^(?:\d{2})?\d{6}[-+]?\d{4}$/;

/** Ten or twelve digits however they are divided, with the one divider that counts; any other text as the keyboard writes it. */
export function renskrivet(text: string): string {
    const skrivet = somTangenter(text);
    if (form.test(skrivet) || !/^[-+./ \d]*$/.test(skrivet)) {
        return skrivet;
    }
    const siffror = skrivet.replace(/\D/g, "");
    const delare = /\+\D*(?:\d\D*){4}$/.test(skrivet) ? "+" : "-";
    return siffror.length === 10 || siffror.length === 12
        ? siffror.slice(0, -4) + delare + siffror.slice(-4)
        : skrivet;
}

const datum = /^((?:\d\d)?\d\d)(\d\d)(\d\d)(?=[-+]?\d{4}$)/;

/**
 * Month 00 and day 60 of a samordningsnummer say that the date is not established. For the century,
 * and for what may be in the future, it is read as the first day it can be.
 */
function medDatum(text: string): string {
    return text.replace(
        datum,
        (hela, ar: string, manad: string, dag: string) =>
            dag >= "60"
                ? ar +
                  (manad === "00" ? "01" : manad) +
                  (dag === "60" ? "61" : dag)
                : hela,
    );
}

/** The first two digits, which ten of them leave out; undefined: it is no personnummer by its form. */
function sekel(skrivet: string): string | undefined {
    return parsePersonnummer(medDatum(skrivet))?.slice(0, 2);
}

/** Every form a personnummer is written in → the twelve digits of the API. */
export function tolvSiffror(text: string): string | undefined {
    const skrivet = renskrivet(text).replace(/\s/g, "");
    const forsta = sekel(skrivet);
    const tio = skrivet.replace(/\D/g, "").slice(-10);
    return forsta !== undefined && stammer(tio) ? forsta + tio : undefined;
}

/** Said of a text that has not the form of a personnummer. */
export const personnummerform =
    "Personnumret stämmer inte. Skriv det med tio eller tolv siffror.";

/** A personnummer that cannot be one; a wrong check digit is told apart, in the server's words. */
export function granskaPersonnummer(text: string): Faltfel[] {
    const pekare = "/personnummer";
    if (text.trim() === "") {
        return [
            {
                pekare,
                regel: "obligatoriskt",
                meddelande: "Fyll i personnumret.",
            },
        ];
    }
    if (tolvSiffror(text) !== undefined) {
        return [];
    }
    return sekel(renskrivet(text).replace(/\s/g, "")) === undefined
        ? [{ pekare, regel: "personnummer", meddelande: personnummerform }]
        : [
              {
                  pekare,
                  regel: "personnummer-kontrollsiffra",
                  meddelande: ordPersonnummerKontrollsiffra,
              },
          ];
}
