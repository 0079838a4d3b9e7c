namespace Weft.Language.Expressions.Values;

internal enum ValueKind : byte
{
    /// <summary>No value was passed or assigned: an argument left out, a local not set yet. Never seen by users.</summary>
    Absent = 0,
    /// <summary>A path led to nothing; it carries where, for the error or the warning.</summary>
    Undefined,
    Null,
    Boolean,
    /// <summary>A number that fits a 64-bit integer and was written without fraction.</summary>
    Integer,
    /// <summary>Any other number.</summary>
    Number,
    String,
    Array,
    Object,
    /// <summary>The mutable record that <c>namespace()</c> makes; it never leaves its template.</summary>
    Namespace,
}
