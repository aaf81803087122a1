import { ValidationService } from "@fkui/logic";

/** Says at a field what is wrong with it; an empty text takes it back. */
export function markera(id: string, meddelande: string): void {
    const element = document.querySelector(`#${id}`);
    if (element) {
        ValidationService.setError(element, meddelande);
        void ValidationService.validateElement(element);
    }
}
