namespace Weft.Language.Expressions.Syntax;

/// <summary>What happens where a path leads to nothing.</summary>
public enum TemplateMode
{
    /// <summary>It is an error that names the path and the nearest known one: for data, such as parameters and outputs.</summary>
    Strict,

    /// <summary>It renders empty, and is a warning: for texts that a model reads.</summary>
    Lenient,
}
