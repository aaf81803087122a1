/**
 * After a change of page the focus moves to its heading, as a browser's own page
 * load would. The router says that a change is on; the heading that then appears
 * takes the focus, also when its page had to fetch something first.
 */
let pagar = false;

export function markeraSidbyte(): void {
    pagar = true;
}

export function taSidbyte(): boolean {
    const ja = pagar;
    pagar = false;
    return ja;
}

export function sidtitel(titel: string): string {
    return titel === "SUS" ? titel : `${titel} – SUS`;
}
