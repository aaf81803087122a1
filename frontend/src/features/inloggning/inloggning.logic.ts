import { parsePersonnummerLuhn } from "@fkui/logic";
import type { Faltfel } from "@/shared/api/typer";

/** Every form a personnummer is written in → the twelve digits of the API. */
export function tolvSiffror(text: string): string | undefined {
    return parsePersonnummerLuhn(text.trim())?.replace(/\D/g, "");
}

/** A personnummer that cannot be one; the message is the server's. */
export function granskaPersonnummer(text: string): Faltfel[] {
    if (text.trim() === "") {
        return [
            {
                pekare: "/personnummer",
                regel: "obligatoriskt",
                meddelande: "Fyll i personnumret.",
            },
        ];
    }
    return tolvSiffror(text) === undefined
        ? [
              {
                  pekare: "/personnummer",
                  regel: "personnummer",
                  meddelande:
                      "Personnumret stämmer inte. Skriv det med tio eller tolv siffror.",
              },
          ]
        : [];
}

export function granskaForstaSteget(svar: {
    personnummer: string;
    huvudlosenord: string;
}): Faltfel[] {
    const fel = granskaPersonnummer(svar.personnummer);
    if (svar.huvudlosenord === "") {
        fel.push({
            pekare: "/huvudlosenord",
            regel: "obligatoriskt",
            meddelande: "Fyll i huvudlösenordet.",
        });
    }
    return fel;
}

/** A code as it is read aloud or pasted: spaces do not count. */
export function engangskod(text: string): string {
    return text.replace(/\s/g, "");
}

export function granskaKod(text: string): Faltfel[] {
    return /^\d{6}$/.test(engangskod(text))
        ? []
        : [
              {
                  pekare: "/kod",
                  regel: "kod-form",
                  meddelande: "Fyll i de sex siffrorna ur sms:et.",
              },
          ];
}
