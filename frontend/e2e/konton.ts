/** The demo's accounts, found as the demo makes them: one birthday for each two. */

function luhn(nio: string): number {
    let summa = 0;
    for (const [i, c] of Array.from(nio).entries()) {
        const d = Number(c) * (i % 2 === 0 ? 2 : 1);
        summa += Math.floor(d / 10) + (d % 10);
    }
    return (10 - (summa % 10)) % 10;
}

/** Skatteverket's test numbers: serial 238 for a woman, 239 for a man. */
export function testnummer(dag: Date, kvinna: boolean): string {
    const iso = dag.toISOString().slice(0, 10).replaceAll("-", "");
    const nio = `${iso.slice(2)}${kvinna ? "238" : "239"}`;
    return `${iso.slice(0, 2)}${nio}${luhn(nio)}`;
}

/** The population register's simulator gives those born on the 13th to the 16th a fate of their own. */
function vanligDag(d: Date): boolean {
    return d.getUTCDate() < 13 || d.getUTCDate() > 16;
}

export interface Konto {
    personnummer: string;
    mobil: string;
}

function konto(n: number): Konto {
    const dag = new Date(Date.UTC(1977, 0, 17));
    for (let i = 0; i < Math.floor(n / 2); i++) {
        do {
            dag.setUTCDate(dag.getUTCDate() + 1);
        } while (!vanligDag(dag));
    }
    return {
        personnummer: testnummer(dag, n % 2 === 1),
        mobil: `+${String(46701740605 + n)}`,
    };
}

export const huvudlosenord = "demo-huvudlosenord";

export const konton = {
    deltagaransvarig: konto(0), // Uppsala län, Arbetslivsresurs
    insatsansvarig: konto(1),
    andraInsatsen: konto(2), // Uppsala län, Steget vidare
    andraInsatsansvarig: konto(3),
    fleraInsatser: konto(4), // Uppsala län, Vägen in och Nya spår
    samverkansadministrator: konto(5),
    susrapport: konto(6),
    systemforvaltare: konto(27),
} as const;

/** Log in and out by themselves: nobody shares them. */
export const egna = {
    dator: { inloggning: konto(7), utloggning: konto(14), utgangen: konto(21) },
    mobil: { inloggning: konto(9), utloggning: konto(16), utgangen: konto(23) },
} as const;

export const sparrad = konto(29);

export type Rollnamn = keyof typeof konton;
