import { ValidationService, isValidatableHTMLElement } from "@fkui/logic";

/** Says at a field what is wrong with it; an empty text takes it back. What stands as text has no place for it. */
export function markera(id: string, meddelande: string): void {
    const element = document.querySelector(`#${id}`);
    if (element && isValidatableHTMLElement(element)) {
        ValidationService.setError(element, meddelande);
        void ValidationService.validateElement(element);
    }
}
