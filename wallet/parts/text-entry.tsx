import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextField } from "react-aria-components/TextField";

interface TextEntryProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly maxLength?: number;
  /** Comes in the place of what had the focus. */
  readonly focused?: boolean;
  readonly type?: "text" | "time" | "search";
  readonly autoComplete: string;
  readonly problem?: string;
  readonly initial?: string;
  readonly onChange?: (value: string) => void;
}

/** One line of text with its label, its hint and, when it does not fit, the reason. */
export function TextEntry({ name, label, hint, autoComplete, problem, initial = "", ...props }: TextEntryProps) {
  const { focused = false, ...field } = props;
  return (
    <TextField
      className="field"
      name={name}
      defaultValue={initial}
      {...field}
      autoFocus={focused}
      autoComplete={autoComplete}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <Input autoCapitalize={autoComplete.startsWith("name") ? "words" : "none"} spellCheck={false} />
      {hint === undefined ? null : (
        <Text slot="description" className="small soft">
          {hint}
        </Text>
      )}
      <FieldError className="small problem">{problem}</FieldError>
    </TextField>
  );
}
