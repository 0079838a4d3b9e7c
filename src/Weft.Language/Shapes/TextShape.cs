namespace Weft.Language.Shapes;

/// <summary>A text.</summary>
internal sealed class TextShape(TextKind kind = TextKind.Plain) : Shape
{
    public TextKind Kind { get; } = kind;

    public override string Expected => Kind switch
    {
        TextKind.Duration or TextKind.DurationTemplate => "a duration such as 30s or 1h30m",
        TextKind.Time => "a time such as 2030-01-31T08:00:00Z",
        TextKind.Id => "a name",
        _ => "text",
    };
}
