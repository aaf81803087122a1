/** «vaken»: all is well; «snart»: warn; «slut»: the log-in is over. */
export type Vilolage = "vaken" | "snart" | "slut";

/** How long the server waits for a sign of life. */
export const vila = 30 * 60_000;

/** How long before the end the person is warned, and can stay: WCAG 2.2.1 wants 20 s at least. */
export const varningstid = 2 * 60_000;

/** How often a person who types keeps the log-in alive. */
export const livstecken = 5 * 60_000;

export function vilolage(sedanSenast: number): Vilolage {
    if (sedanSenast < vila - varningstid) {
        return "vaken";
    }
    return sedanSenast < vila ? "snart" : "slut";
}

/** Somebody types without asking the server anything: say that there is life. */
export function skaVisaLiv(sedanSenast: number, sedanTangent: number): boolean {
    return sedanSenast >= livstecken && sedanTangent < livstecken;
}
