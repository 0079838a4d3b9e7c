namespace Weft.Language.Expressions.Values;

/// <summary>The codes of what can be wrong with a template, an expression or a condition.</summary>
public static class TemplateErrorCodes
{
    /// <summary>It can't be read.</summary>
    public const string Syntax = "template_syntax";

    /// <summary>It calls what does not exist.</summary>
    public const string UnknownFunction = "template_unknown_function";

    /// <summary>It needs a path that leads to nothing.</summary>
    public const string UnknownPath = "template_unknown_path";

    /// <summary>It asks a value for what its type can't do.</summary>
    public const string Type = "template_type";

    /// <summary>It asks for more work, text or depth than <see cref="TemplateLimits"/> allow.</summary>
    public const string Limit = "template_limit";

    /// <summary>It asks to look into, or change, what is only put in right before the wire.</summary>
    public const string Secret = "template_secret";

    /// <summary>It asks for a clock, a tool or a schema where there is none.</summary>
    public const string Unavailable = "template_unavailable";

    /// <summary>The template itself said <c>fail</c> or <c>required</c>.</summary>
    public const string Failed = "template_failed";

    /// <summary>A value does not have the form of the schema it was held against.</summary>
    public const string Schema = "template_schema";
}
