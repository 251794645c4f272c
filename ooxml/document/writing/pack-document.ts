// Packs a Word document and names substitutes for its fonts, for machines without them.
import { Packer, type Document } from 'docx';

/** Word takes the first of these it has where the first font is missing. */
const FONTS: readonly { name: string; others: string }[] = [
  {
    name: '方正小标宋简体',
    others: 'FZXiaoBiaoSong-B05S,方正小标宋_GBK,FZXiaoBiaoSong-B05,小标宋体,华文中宋,STZhongsong,宋体,SimSun',
  },
  { name: 'FangSong', others: '仿宋,仿宋_GB2312,FangSong_GB2312,方正仿宋_GBK,华文仿宋,STFangsong' },
  { name: 'SimHei', others: '黑体,方正黑体_GBK,华文黑体,STHeiti' },
  { name: 'KaiTi', others: '楷体,楷体_GB2312,KaiTi_GB2312,方正楷体_GBK,华文楷体,STKaiti' },
];

const FONT_TABLE = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
  ...FONTS.map(
    ({ name, others }) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`,
  ),
  '</w:fonts>',
].join('');

export const packDocument = (document: Document): Promise<Buffer> =>
  Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: FONT_TABLE }]);
