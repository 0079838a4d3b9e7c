namespace Weft.Runtime.Records;

/// <summary>A definition as it is stored: what runs, and what its author wrote.</summary>
/// <param name="Json">Canonical JSON.</param>
/// <param name="Text">The YAML or JSON it came from.</param>
internal sealed record StoredDefinition(string Json, string Text);
