/** What the browser in use can and cannot, as far as it can be known before a log-in is tried. */
export interface Webblasare {
    /** On https, or at localhost. */
    saker: boolean;
    https: boolean;
    /** It says that it takes cookies. */
    kakor: boolean;
    /** A cookie of the same kind as the log-in's stayed. */
    kakan: boolean;
    /** It keeps what pages store. */
    lagring: boolean;
}

export interface Hinder {
    id: "osaker" | "kakor" | "localhost" | "lagring";
    rubrik: string;
    text: string;
    /** Without it nobody gets in; otherwise it is told and one may go on. */
    stopp: boolean;
}

/** What stands in the way, and the way out. */
export function hinderFor(w: Webblasare): Hinder | undefined {
    if (!w.saker) {
        return {
            id: "osaker",
            rubrik: "Öppna SUS med https",
            text: "Adressen börjar med http, och då sparar webbläsaren inte inloggningen.",
            stopp: true,
        };
    }
    if (!w.kakor || (!w.kakan && w.https)) {
        return {
            id: "kakor",
            rubrik: "Webbläsaren tar inte emot kakor",
            text: "SUS behöver en kaka för att veta att du är inloggad. Tillåt kakor för SUS i webbläsarens inställningar och läs om sidan.",
            stopp: true,
        };
    }
    if (!w.kakan) {
        return {
            id: "localhost",
            rubrik: "Webbläsaren sparar inte inloggningen här",
            text: "Det gör inte Safari när adressen är http://localhost. Öppna SUS i Chrome, Edge eller Firefox, eller med https.",
            stopp: true,
        };
    }
    if (!w.lagring) {
        return {
            id: "lagring",
            rubrik: "Webbläsaren sparar inte det du fyller i",
            text: "Du kan logga in, men det du har fyllt i försvinner om du laddar om eller byter sida. Tillåt SUS att spara data i webbläsarens inställningar.",
            stopp: false,
        };
    }
    return undefined;
}

/** The code was right, and the next question came without the cookie. */
export const kakanForsvann: Hinder = {
    id: "kakor",
    rubrik: "Inloggningen sparades inte i webbläsaren",
    text: "Koden var rätt, men webbläsaren behöll inte kakan. Tillåt kakor för SUS i webbläsarens inställningar, eller öppna SUS i en annan webbläsare. Safari behåller den inte när adressen är http://localhost.",
    stopp: true,
};
