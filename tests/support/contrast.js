// A function for the browser: the elements whose words stand out from what lies behind them by less
// than 4.5:1 (WCAG 2.2, success criterion 1.4.3), each with its ratio and its first words.
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** Any colour that CSS can write, as red, green, blue up to 255 and alpha up to 1. */
  function channels(color) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function over([red, green, blue, alpha], under) {
    return [red, green, blue].map((value, i) => value * alpha + under[i] * (1 - alpha));
  }

  function luminance(color) {
    const linear = color.map((value) => value / 255).map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return linear.reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  }

  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  function ground(element) {
    const under = element.parentElement ? ground(element.parentElement) : [255, 255, 255];
    return over(channels(getComputedStyle(element).backgroundColor), under);
  }

  function speaks(element) {
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const made = ["::before", "::after"].some(
      (part) => !["none", "normal", '""'].includes(getComputedStyle(element, part).content),
    );
    return (words || made) && element.checkVisibility({ opacityProperty: true });
  }

  return [...document.body.querySelectorAll("*")].filter(speaks).flatMap((element) => {
    const style = getComputedStyle(element);
    const [red, green, blue, alpha] = channels(style.color);
    const behind = ground(element);
    const ink = over([red, green, blue, alpha * Number(style.opacity)], behind);
    const ratio = contrast(ink, behind);
    return ratio < 4.5 ? [[element.className, ratio, element.textContent.slice(0, 20)]] : [];
  });
}
