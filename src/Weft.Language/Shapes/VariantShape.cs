namespace Weft.Language.Shapes;

/// <summary>A mapping whose keys depend on one of them.</summary>
/// <param name="name">Its name in the JSON Schema.</param>
/// <param name="title">What it is called in messages.</param>
/// <param name="discriminator">The key that decides.</param>
/// <param name="fallback">The variant when the key is absent.</param>
/// <param name="variants">The shapes by the key's value.</param>
internal sealed class VariantShape(
    string name, string title, string discriminator, string fallback, Func<IReadOnlyDictionary<string, ObjectShape>> variants) : Shape
{
    private readonly Lazy<IReadOnlyDictionary<string, ObjectShape>> _variants = new(variants);

    public string Name { get; } = name;

    public string Title { get; } = title;

    public string Discriminator { get; } = discriminator;

    public string Fallback { get; } = fallback;

    public IReadOnlyDictionary<string, ObjectShape> Variants => _variants.Value;

    public override string Expected => $"a mapping ({Title})";
}
