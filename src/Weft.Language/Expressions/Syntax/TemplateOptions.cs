using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

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
