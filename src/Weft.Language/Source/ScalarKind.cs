namespace Weft.Language.Source;

/// <summary>What a scalar is by the core schema of YAML 1.2. A quoted scalar is always text.</summary>
internal enum ScalarKind
{
    /// <summary>Text; also <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c>.</summary>
    Text,

    /// <summary><c>null</c>, <c>~</c> or nothing.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A whole number: decimal, <c>0x1F</c> or <c>0o17</c>.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,
}
