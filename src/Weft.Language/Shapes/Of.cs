namespace Weft.Language.Shapes;

/// <summary>The words that shapes are written in.</summary>
internal static class Of
{
    public static readonly Shape Any = new AnyShape();
    public static readonly Shape Data = new DataShape();
    public static readonly Shape Text = new TextShape();
    public static readonly Shape Id = new TextShape(TextKind.Id);
    public static readonly Shape Template = new TextShape(TextKind.Template);
    public static readonly Shape Duration = new TextShape(TextKind.Duration);
    public static readonly Shape DurationTemplate = new TextShape(TextKind.DurationTemplate);
    public static readonly Shape Time = new TextShape(TextKind.Time);
    public static readonly Shape Cron = new TextShape(TextKind.Cron);
    public static readonly Shape Bool = new BoolShape();
    public static readonly Shape Schema = new SchemaShape();
    public static readonly Shape Texts = new ListShape(Text, orOne: true);
    public static readonly Shape DataMap = new MapShape(Data);
    public static readonly Shape TextMap = new MapShape(Template);
    public static readonly Shape AnyMap = new MapShape(Any);

    public static Shape Whole(double min, double max) => new NumberShape(min, max, whole: true);

    public static Shape Number(double min, double max = double.PositiveInfinity) => new NumberShape(min, max, whole: false);

    public static Shape Word(params string[] words) => new WordShape(words);

    public static Shape List(Shape item) => new ListShape(item);

    public static Shape Filled(Shape item) => new ListShape(item, filled: true);

    public static Shape Map(Shape value) => new MapShape(value);

    public static Shape Settings(params string[] names) => new MapShape(Any, names);

    public static Shape Either(params Shape[] choices) =>
        new ChoiceShape([.. choices.SelectMany(c => c is ChoiceShape inner ? inner.Choices : [c])]);

    public static Key Key(string name, Shape shape, string doc, string? by = null) => new(name, shape, doc) { Default = by };

    public static Key Needed(string name, Shape shape, string doc) => new(name, shape, doc) { Required = true };

    public static Key Or(this Key key, params string[] also) => key with { Also = also };

    /// <summary>A key that loads and has no effect; the warning says why.</summary>
    public static Key Idle(this Key key, string why) => key with { Idle = why };
}
