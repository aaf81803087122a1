import type { Faltfel } from "@/shared/api/typer";
import { granskaPersonnummer } from "@/shared/personnummer.logic";

export function granskaForstaSteget(svar: {
    personnummer: string;
    huvudlosenord: string;
}): Faltfel[] {
    const fel = granskaPersonnummer(svar.personnummer);
    if (svar.huvudlosenord === "") {
        fel.push({
            pekare: "/huvudlosenord",
            regel: "obligatoriskt",
            meddelande: "Fyll i masterlösenordet.",
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
