namespace Weft.Workflows.Expressions;

/// <summary>What happens where a path leads to nothing.</summary>
public enum TemplateMode
{
    /// <summary>It is an error that names the path and the nearest known one: for data, such as parameters and outputs.</summary>
    Strict,

    /// <summary>It renders empty, and is a warning: for texts that a model reads.</summary>
    Lenient,
}

/// <summary>How a template is evaluated.</summary>
public sealed record TemplateOptions
{
    /// <summary>For data positions.</summary>
    public static TemplateOptions Strict { get; } = new();

    /// <summary>For prompt texts.</summary>
    public static TemplateOptions Lenient { get; } = new() { Mode = TemplateMode.Lenient };

    /// <summary>Gets what a path that leads to nothing does. The default is <see cref="TemplateMode.Strict"/>.</summary>
    public TemplateMode Mode { get; init; }

    /// <summary>Gets how much one evaluation may do.</summary>
    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;
}

/// <summary>How much one template may do, so that none can hang or exhaust the process.</summary>
/// <remarks>Work is counted, not timed: a replay must reach the same end on a slower machine.</remarks>
public sealed record TemplateLimits
{
    /// <summary>The longest source that is parsed: 1 Mi characters.</summary>
    public const int SourceLength = 1024 * 1024;

    /// <summary>The deepest nesting of blocks and of parentheses in a source: 64.</summary>
    public const int Nesting = 64;

    /// <summary>The defaults.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>Gets the turns that all loops of one evaluation may take together, and the longest range. The default is 100,000.</summary>
    public int LoopIterations { get; init; } = 100_000;

    /// <summary>Gets the longest text, of the output or of any value on the way, in UTF-16 units. The default is 4 Mi.</summary>
    public int OutputLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets the steps of one evaluation: nodes evaluated, items looked at, 16 characters made. The default is 10 million.</summary>
    public long Steps { get; init; } = 10_000_000;
}

/// <summary>A path that led to nothing while a text was rendered leniently.</summary>
/// <param name="Path">The path, such as <c>input.nme</c>.</param>
/// <param name="Message">What was missing, with the nearest known name.</param>
/// <param name="Position">Where the template reads it.</param>
public sealed record TemplateWarning(string Path, string Message, TemplatePosition Position);
