/**
 * The key that makes a creating call safe to repeat: the same for the same body,
 * so that a second try after a lost answer does not register twice.
 */
export function skapaIdempotens(): (kropp: unknown) => string {
    let senaste = "";
    let nyckel = "";
    return (kropp) => {
        const text = JSON.stringify(kropp);
        if (text !== senaste) {
            senaste = text;
            nyckel = crypto.randomUUID();
        }
        return nyckel;
    };
}
