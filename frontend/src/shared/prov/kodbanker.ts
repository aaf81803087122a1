import type { Bank } from "./banker";
import { finns, harFalt, markera, skriv, spara, valj } from "./handgrepp";
import { tills } from "./oppna";

async function fyllNyKod(): Promise<void> {
    await skriv("/kod", "NY_KOD");
    await skriv("/etikett", "Ny kod");
    await skriv("/ordning", "40");
    await skriv("/giltigFran", "2099-01-01");
    await skriv("/giltigTom", "2099-12-31");
    if (harFalt("/tillhor")) {
        await valj("/tillhor", "1480");
    }
    await valj("/samverkansform", "FINSAM");
    if (harFalt("/utanMatning")) {
        await markera("/utanMatning", "ja");
        await markera("/utesluts", "ja");
    }
}

async function fyllKod(): Promise<void> {
    await skriv("/etikett", "Egen sjukdom");
    await skriv("/ordning", "5");
    await markera("/utanMatning", "nej");
    await markera("/utesluts", "ja");
    await skriv("/gallerFran", "2099-01-01");
    await skriv("/giltigTom", "2099-12-31");
}

/** The forms of the code lists. */
export const kodbanker: Record<string, Bank> = {
    "den nya koden": {
        form: "nyKod",
        vag: "/administration/kodverk?kodverk=AVSLUTSANLEDNING&andra=ny+kod",
        roll: "SYSTEMFORVALTARE",
        anrop: "POST /v1/kodverk/AVSLUTSANLEDNING/koder",
        fram: () => finns("nykodsformular"),
        fyll: fyllNyKod,
        skicka: spara,
    },
    "den nya stadsdelen": {
        form: "nyKod",
        vag: "/administration/kodverk?kodverk=STADSDEL&andra=ny+kod",
        roll: "SYSTEMFORVALTARE",
        anrop: "POST /v1/kodverk/STADSDEL/koder",
        fram: async () => {
            await finns("nykodsformular");
            await tills(
                () =>
                    document.querySelector(
                        "#falt-tillhor option[value='1480']",
                    ) !== null,
            );
        },
        fyll: fyllNyKod,
        skicka: spara,
    },
    "ändringen av koden": {
        form: "kod",
        vag: "/administration/kodverk?kodverk=AVSLUTSANLEDNING&andra=SJUKDOM",
        roll: "SYSTEMFORVALTARE",
        anrop: "PUT /v1/kodverk/AVSLUTSANLEDNING/koder/SJUKDOM",
        fram: () => finns("kodformular"),
        fyll: fyllKod,
        skicka: spara,
    },
};
