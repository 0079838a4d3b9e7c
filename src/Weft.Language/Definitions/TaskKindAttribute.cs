using System.Text.Json.Serialization;

namespace Weft.Language.Definitions;

/// <summary>A row of the table of task kinds at <see cref="TaskDefinition"/>: the record, its words, and where the kind differs.</summary>
/// <param name="derivedType">The record.</param>
/// <param name="stored">The word of the stored form (<c>kind</c>). It never changes: pins are taken over it.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TaskKindAttribute(Type derivedType, string stored) : JsonDerivedTypeAttribute(derivedType, stored)
{
    private readonly string? _word;

    /// <summary>Gets the word that traces, drawings and templates call it by. The default is the stored one.</summary>
    public string Word { get => _word ?? TypeDiscriminator!.ToString()!; init => _word = value; } // the constructor wants one

    /// <summary>Gets a value indicating whether <c>timeout</c> is the kind's own business, and ends no step.</summary>
    public bool OwnTimeout { get; init; }

    /// <summary>Gets a value indicating whether <c>condition</c> is the kind's own business, and only <c>when</c> skips it.</summary>
    public bool OwnCondition { get; init; }

    /// <summary>Gets a value indicating whether <c>outputs</c> are the kind's work, rather than a mapping of its result.</summary>
    public bool OwnOutputs { get; init; }

    /// <summary>Gets a value indicating whether nothing is called in it, so that <c>attempt_timeout</c> limits nothing.</summary>
    public bool NoAttempts { get; init; }
}
