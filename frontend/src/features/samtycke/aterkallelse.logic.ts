import {
    ordInnehallerPersonnummer,
    ordObligatoriskt,
} from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { harPersonnummer } from "@/shared/fritext.logic";
import { granskaPersonnummer, tolvSiffror } from "@/shared/personnummer.logic";
import { antalMed, enRad } from "@/shared/text.logic";
import type { Etiketter } from "@/shared/ui/formular.logic";

/** Whose samtycken are withdrawn in an insats that is over, and in which case. */
interface Aterkallelsesvar {
    personnummer: string;
    arende: string;
}

export const aterkallelseetiketter: Etiketter = {
    "/personnummer": "Personnummer",
    "/arende": "Ärende",
};

/** The server's words. */
const arendeform =
    "Skriv ärendets nummer som det står i diariet: årtal, snedstreck och löpnummer, med eller utan FK före. Till exempel FK 2026/012345.";

function arendefel(arende: string): Faltfel[] {
    const fel = (regel: string, meddelande: string): Faltfel[] => [
        { pekare: "/arende", regel, meddelande },
    ];
    if (arende === "") {
        return fel("obligatoriskt", ordObligatoriskt);
    }
    if (harPersonnummer(arende)) {
        return fel("innehaller-personnummer", ordInnehallerPersonnummer);
    }
    return /^(?:FK[ -]?)?20\d\d\/\d{1,7}(?:-\d{1,4})?$/.test(arende)
        ? []
        : fel("fel-form", arendeform);
}

export function granskaAterkallelse(svar: Aterkallelsesvar): Faltfel[] {
    return [
        ...granskaPersonnummer(svar.personnummer),
        ...arendefel(enRad(svar.arende)),
    ];
}

export function tillAterkallelse(
    svar: Aterkallelsesvar,
): Schema<"AterkallelseIInsats"> {
    return {
        personnummer: tolvSiffror(svar.personnummer) ?? "",
        arende: enRad(svar.arende),
    };
}

/** What came of it: «1 samtycke är återkallat». */
export function aterkallade(antal: number): string {
    return antal === 0
        ? "Inget samtycke fanns att återkalla"
        : antalMed(antal, "samtycke är återkallat", "samtycken är återkallade");
}
